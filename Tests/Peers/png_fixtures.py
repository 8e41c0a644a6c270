"""Writes Tests/Fixtures/PNG/: one small file for each color type, bit depth and interlacing that PNG defines.

The encoder here is written from the specification and shares nothing with libpng; each file is also decoded
with Pillow (11 or later) and compared, where Pillow keeps the file's bits. A sample's value follows from its
place, so a test needs no stored pixels:

    sample(x, y, c) = (4099 x + 257 y + 12345 c + 31 x y) mod 2^depth

Run: python3 Tests/Peers/png_fixtures.py
"""
import pathlib
import struct
import zlib

from PIL import Image

WIDTH, HEIGHT = 13, 9
FOLDER = pathlib.Path(__file__).parent.parent / "Fixtures" / "PNG"
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
NAMES = {0: "gray", 2: "rgb", 3: "palette", 4: "gray-alpha", 6: "rgba"}
PASSES = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]


def sample(x, y, c, depth):
    return (4099 * x + 257 * y + 12345 * c + 31 * x * y) % (1 << depth)


def palette(depth):
    return [((37 * i + 11) % 256, (59 * i + 5) % 256, (83 * i + 17) % 256) for i in range(1 << depth)]


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def pack_row(values, depth):
    if depth == 16:
        return b"".join(struct.pack(">H", v) for v in values)
    bits = "".join(format(v, f"0{depth}b") for v in values)
    bits += "0" * (-len(bits) % 8)
    return bytes(int(bits[i:i + 8], 2) for i in range(0, len(bits), 8))


def paeth(a, b, c):
    p = a + b - c
    distances = (abs(p - a), abs(p - b), abs(p - c))
    return (a, b, c)[distances.index(min(distances))]


def filter_row(kind, row, above, step):
    out = bytearray([kind])
    for i, value in enumerate(row):
        left = row[i - step] if i >= step else 0
        up = above[i]
        corner = above[i - step] if i >= step else 0
        guess = (0, left, up, (left + up) // 2, paeth(left, up, corner))[kind]
        out.append((value - guess) % 256)
    return bytes(out)


def image_data(color, depth, interlaced):
    channels = CHANNELS[color]
    step = max(1, channels * depth // 8)
    data = b""
    for x0, y0, dx, dy in (PASSES if interlaced else [(0, 0, 1, 1)]):
        columns = range(x0, WIDTH, dx)
        if not columns:
            continue
        above = None
        for number, y in enumerate(range(y0, HEIGHT, dy)):
            row = pack_row([sample(x, y, c, depth) for x in columns for c in range(channels)], depth)
            data += filter_row(number % 5, row, above or bytes(len(row)), step)
            above = row
    return zlib.compress(data, 9)


def write(name, color, depth, interlaced=False, transparency=None, before=b"", after=b""):
    png = b"\x89PNG\r\n\x1a\n"
    png += chunk(b"IHDR", struct.pack(">IIBBBBB", WIDTH, HEIGHT, depth, color, 0, 0, int(interlaced)))
    png += before
    if color == 3:
        png += chunk(b"PLTE", bytes(v for entry in palette(depth) for v in entry))
    if transparency is not None:
        png += chunk(b"tRNS", transparency)
    png += chunk(b"IDAT", image_data(color, depth, interlaced)) + after + chunk(b"IEND", b"")
    path = FOLDER / f"{name}.png"
    path.write_bytes(png)
    check(path, color, depth)


def check(path, color, depth):
    picture = Image.open(path)
    picture.load()
    assert picture.size == (WIDTH, HEIGHT), path
    for y in range(HEIGHT):
        for x in range(WIDTH):
            pixel = picture.getpixel((x, y))
            if color in (2, 6) and depth == 8:
                assert pixel[:3] == tuple(sample(x, y, c, 8) for c in range(3)), path
            elif color == 0 and depth in (8, 16) or color == 3:
                assert pixel == sample(x, y, 0, depth), path


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    for color, depths in {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}.items():
        for depth in depths:
            write(f"{NAMES[color]}-{depth}", color, depth)
            write(f"{NAMES[color]}-{depth}-interlaced", color, depth, interlaced=True)
    for depth in (4, 16):
        write(f"gray-{depth}-transparent", 0, depth, transparency=struct.pack(">H", sample(0, 0, 0, depth)))
    for depth in (8, 16):
        key = b"".join(struct.pack(">H", sample(0, 0, c, depth)) for c in range(3))
        write(f"rgb-{depth}-transparent", 2, depth, transparency=key)
    # Fewer opacities than colors: the rest are opaque.
    write("palette-4-transparent", 3, 4, transparency=bytes(255 - 31 * i for i in range(8)))
    write(
        "text", 0, 8,
        before=chunk(b"tEXt", b"Title\0caf\xe9")
        + chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"packed " * 40))
        + chunk(b"iTXt", b"Author\0\0\0ja\0\0" + "リム".encode()),
        after=chunk(b"iTXt", b"Note\0\1\0\0\0" + zlib.compress("après ✓".encode())))


main()
