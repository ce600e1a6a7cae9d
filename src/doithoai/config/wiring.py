"""Table 1: what is plugged in."""

from doithoai.adapters.files_folder import FolderFiles
from doithoai.config import env, follows
from doithoai.journal.actions import lock
from doithoai.kernel import plugs, verbs


def connect() -> None:
    """Plug the adapters into the ports, and the journal and the tables into the verbs."""
    plugs.plugged.files = FolderFiles(env.files())
    plugs.plugged.fonts = env.font_folder()
    plugs.plugged.address = env.address()
    verbs.connect(lock_chain=lock, gates=follows.GATES, follows=follows.FOLLOWS)
