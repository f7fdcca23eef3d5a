"""Two times: when something was true, and when it was known. And the rules of handing over."""
