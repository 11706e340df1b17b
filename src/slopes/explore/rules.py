"""The table of NumPy's functions that can be traced, which the modules beside it fill."""

FUNCTIONS = {}


def traces(*functions):
    def register(rule):
        FUNCTIONS.update(dict.fromkeys(functions, rule))
        return rule

    return register
