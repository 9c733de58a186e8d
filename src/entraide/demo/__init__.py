"""The demo of a mutual: an import folder of fictitious people, always the same for the same arguments."""

from entraide.demo.accounts import DemoAccount, demo_accounts
from entraide.demo.folder import write_folder

__all__ = ["DemoAccount", "demo_accounts", "write_folder"]
