"""An explorable on a page without a kernel."""


def html(explorable):
    """The HTML of `explorable`: the picture at its starting values."""
    return f'<div class="explorable">{explorable.svg()}</div>'
