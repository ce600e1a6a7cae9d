"""The one way in which reading a plan fails."""


class Unreadable(Exception):
    """A file or a plan that cannot be read.

    `sentence` is plain Vietnamese for the person who chose the file: what was found, with its
    line, and what was expected. Nothing has been stored when it is raised.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
