"""What explanations are worth: additivity, neutralised reasons, refits, drivers, planted mistakes.

Each module measures one thing on the answers of one nation and returns plain figures; `page` writes
them. None of them changes what is explained.
"""
