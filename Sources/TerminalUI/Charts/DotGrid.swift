/// A plot's dots before they become braille characters, 2 by 4 in each cell, or one in each cell for ASCII.
struct DotGrid {
    let columns: Int
    let rows: Int
    private let dotsAcross: Int
    private let dotsDown: Int
    /// Per cell, the bits of a braille pattern (U+2800 and up); in ASCII any bit is the one dot.
    private var bits: [UInt8]
    /// Per cell, which series drew there last, so that the newest line is whole.
    private var owners: [Int]
    /// Cells that hold a measured point and not only the line between two.
    private var isPoint: [Bool]

    init(columns: Int, rows: Int, braille: Bool) {
        self.columns = columns
        self.rows = rows
        dotsAcross = braille ? 2 : 1
        dotsDown = braille ? 4 : 1
        bits = Array(repeating: 0, count: columns * rows)
        owners = Array(repeating: 0, count: columns * rows)
        isPoint = Array(repeating: false, count: columns * rows)
    }

    /// Dots across and down.
    var width: Int { columns * dotsAcross }
    var height: Int { rows * dotsDown }

    /// Braille dots are numbered down the left column and then down the right one, except for the lowest two, which
    /// were added last (Unicode, Braille Patterns).
    private static let brailleBits: [UInt8] = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80]

    /// Sets the dot at column `x` from the left, row `y` from the top.
    mutating func set(x: Int, y: Int, series: Int, isPoint point: Bool) {
        let cell = y / dotsDown * columns + x / dotsAcross
        let bit = dotsAcross == 1 ? 1 : Self.brailleBits[y % 4 * 2 + x % 2]
        bits[cell] |= bit
        if owners[cell] != series { isPoint[cell] = false }
        owners[cell] = series
        if point { isPoint[cell] = true }
    }

    /// Sets the dots between two, by Bresenham's algorithm, without the ends.
    mutating func line(from start: (x: Int, y: Int), to end: (x: Int, y: Int), series: Int) {
        let dx = abs(end.x - start.x)
        let dy = -abs(end.y - start.y)
        let stepX = start.x < end.x ? 1 : -1
        let stepY = start.y < end.y ? 1 : -1
        var (x, y) = start
        var error = dx + dy
        while true {
            let doubled = 2 * error
            if doubled >= dy {
                error += dy
                x += stepX
            }
            if doubled <= dx {
                error += dx
                y += stepY
            }
            if x == end.x && y == end.y || dx == 0 && dy == 0 { return }
            set(x: x, y: y, series: series, isPoint: false)
        }
    }

    /// The braille bits, the series and whether a point is in a cell; nil in an empty cell.
    func cell(column: Int, row: Int) -> (bits: UInt8, series: Int, isPoint: Bool)? {
        let index = row * columns + column
        guard bits[index] != 0 else { return nil }
        return (bits[index], owners[index], isPoint[index])
    }

    /// Puts the cells of a grid of the same size, where it has any, over those that are here.
    mutating func overlay(_ other: DotGrid) {
        for index in bits.indices where other.bits[index] != 0 {
            bits[index] |= other.bits[index]
            owners[index] = other.owners[index]
            isPoint[index] = other.isPoint[index]
        }
    }

    /// Cells of what is drawn, one in every `pace` columns from column `first` on, the middle one of a column.
    func places(every pace: Int, from first: Int) -> [(column: Int, row: Int)] {
        stride(from: first, to: columns, by: pace).compactMap { column in
            let filled = (0..<rows).filter { bits[$0 * columns + column] != 0 }
            return filled.isEmpty ? nil : (column, filled[filled.count / 2])
        }
    }
}
