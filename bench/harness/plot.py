"""A plot of cost by size as SVG, drawn by hand: the harness needs nothing but Python."""

from xml.sax.saxutils import escape

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 860, 460, 60, 190, 40, 50
COLOURS = ["#0b6e4f", "#c8553d", "#2d5da1", "#8a5a9e", "#b08900", "#3a3a3a", "#5b8e7d", "#d1495b", "#00798c", "#6a4c93"]
# Curves that may grow are cut off here.
HIGHEST = 30.0


def growth(sizes, costs, may_grow):
    """`costs` has for each query its cost at each size; drawn is how many times that of the smallest size it is."""
    from math import log10
    span = log10(sizes[-1] / sizes[0]) or 1
    x = lambda size: LEFT + (WIDTH - LEFT - RIGHT) * log10(size / sizes[0]) / span
    low, high = log10(0.5), log10(HIGHEST)
    y = lambda times: TOP + (HEIGHT - TOP - BOTTOM) * (1 - (log10(min(max(times, 0.5), HIGHEST)) - low) / (high - low))
    text = lambda px, py, said, more="": f'<text x="{px:.1f}" y="{py:.1f}" {more}>{escape(said)}</text>'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
        text(LEFT, 20, f"CPU per request, times that at {sizes[0]:,} meetings (broken lines: may grow)", 'font-size="14"'),
    ]
    for times in [0.5, 1, 1.3, 2, 5, 10, 20]:
        mark = '#c8553d" stroke-dasharray="2 3' if times == 1.3 else "#ddd"
        parts += [f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(times):.1f}" y2="{y(times):.1f}" stroke="{mark}"/>',
                  text(LEFT - 6, y(times) + 4, f"{times:g}", 'text-anchor="end"')]
    for size in sizes:
        parts.append(text(x(size), HEIGHT - BOTTOM + 20, f"{size:,}", 'text-anchor="middle"'))
    ends = []
    for number, (name, each) in enumerate(costs.items()):
        colour, broken = COLOURS[number % len(COLOURS)], ' stroke-dasharray="6 4"' if name in may_grow else ""
        times = [cost / max(each[0], 1e-9) for cost in each]
        points = " ".join(f"{x(size):.1f},{y(value):.1f}" for size, value in zip(sizes, times))
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"{broken}/>')
        ends.append([y(times[-1]), f"{name} {times[-1]:.2f}", colour])
    # Labels that would stand on each other move apart.
    ends.sort()
    for number, end in enumerate(ends):
        end[0] = max(end[0], TOP + 6, ends[number - 1][0] + 13 if number else 0)
    over = max(0, (ends[-1][0] if ends else 0) - (HEIGHT - 6))
    parts += [text(WIDTH - RIGHT + 8, at - over + 4, said, f'fill="{colour}"') for at, said, colour in ends]
    return "\n".join([*parts, "</svg>"]) + "\n"
