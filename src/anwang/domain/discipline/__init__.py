"""The discipline of visits (四.4): the enterprise rates them, and complains past its supervisor."""
