"""Publishing papers and taking them back."""

from .publishing import MOST, PublicationData, publish_file, publish_paper, restore, withdraw

__all__ = ["MOST", "PublicationData", "publish_file", "publish_paper", "restore", "withdraw"]
