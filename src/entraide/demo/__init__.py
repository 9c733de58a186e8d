"""The demo of a mutual: an import folder of fictitious people, always the same for the same arguments."""

from entraide.demo.accounts import DemoAccount, demo_accounts
from entraide.demo.agents import DemoAgentAccount, demo_agents
from entraide.demo.folder import write_folder

__all__ = ["DemoAccount", "DemoAgentAccount", "demo_accounts", "demo_agents", "write_folder"]
