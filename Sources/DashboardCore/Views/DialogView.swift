import TerminalUI

/// A framed box over the screen, as tall as its lines, never larger than the screen.
enum DialogView {
    /// Draws the frame and answers with the room inside, one blank cell in from the frame at the sides.
    static func frame(
        _ title: String, width: Int, height: Int, style: Style = Theme.title, glyphs: Glyphs, on canvas: inout Canvas
    ) -> Rect {
        let box = Rect(canvas.size).centered(
            width: min(width + 4, canvas.size.columns), height: min(height + 2, canvas.size.rows))
        canvas.fill(box, style: .plain)
        guard box.width > 4, box.height > 2 else { return box }
        for x in box.columns {
            canvas.put(glyphs.horizontal, x: x, y: box.y, style: Theme.quiet)
            canvas.put(glyphs.horizontal, x: x, y: box.maxY - 1, style: Theme.quiet)
        }
        for y in box.rows {
            canvas.put(glyphs.vertical, x: box.x, y: y, style: Theme.quiet)
            canvas.put(glyphs.vertical, x: box.maxX - 1, y: y, style: Theme.quiet)
        }
        for (corner, x, y) in [
            (glyphs.topLeft, box.x, box.y), (glyphs.topRight, box.maxX - 1, box.y),
            (glyphs.bottomLeft, box.x, box.maxY - 1), (glyphs.bottomRight, box.maxX - 1, box.maxY - 1),
        ] { canvas.put(corner, x: x, y: y, style: Theme.quiet) }
        canvas.put(" \(title) ", x: box.x + 2, y: box.y, style: style, maxWidth: box.width - 4)
        return box.inset(dx: 2, dy: 1)
    }

    /// Keys with what they do, on one line: "y yes   n no".
    static func drawKeys(_ keys: [(String, String)], in rect: Rect, on canvas: inout Canvas) {
        var x = rect.x
        for (key, label) in keys {
            x += canvas.put(key, x: x, y: rect.y, style: Theme.key, maxWidth: rect.maxX - x) + 1
            x += canvas.put(label, x: x, y: rect.y, style: Theme.quiet, maxWidth: rect.maxX - x) + 3
        }
    }
}
