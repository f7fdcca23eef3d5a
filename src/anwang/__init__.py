"""安网 anwang: the supervision network of a city emergency bureau, as a platform."""

__version__ = "0.1.0"
