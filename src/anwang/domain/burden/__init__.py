"""What the platform asks of people: red lines and minutes (国办函〔2026〕12号 等), judged without watching anybody.

redlines: what may not be kept, asked or logged · register: clause, use and review day of each · effort: minutes a week
"""
