"""The measurements that the README quotes: each against a named peer, in the same run."""
