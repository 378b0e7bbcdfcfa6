/// What is of use in one event of an event file: numbers, parameters, and where a run began anew.
package struct LoggedEvent: Equatable, Sendable {
    /// One number that was logged.
    package struct Scalar: Equatable, Sendable {
        /// What it measures; not empty.
        package let tag: String
        /// NaN and the infinities too.
        package let value: Double
    }

    /// Seconds since 1970; any number.
    package private(set) var wallTime = 0.0
    /// Any number.
    package private(set) var step: Int64 = 0
    /// Numbers, of tags that are not too long.
    package private(set) var scalars: [Scalar] = []
    /// What the hparams plugin noted.
    package private(set) var hparams: [HParams] = []
    /// Whether the run began anew at `step`: what was logged before for this step and later ones counts no more.
    package private(set) var isRestart = false

    /// Bytes of a tag; what has a longer one is left out.
    package static let tagLimit = 1_024
    /// Values in one event that are read.
    private static let valueLimit = 20_000

    /// Reads an event that is a part of `bytes`, as far as it can be understood.
    package init(_ bytes: [UInt8], _ range: Range<Int>) {
        var fields = WireReader(bytes, range)
        while let field = fields.next() {
            switch field.number {
            case 1: wallTime = field.double ?? 0
            case 2: step = Int64(bitPattern: field.bits ?? 0)
            case 5: readSummary(bytes, field.range)
            case 7:
                var session = WireReader(bytes, field.range)
                while let part = session.next() { if part.number == 1 { isRestart = part.bits == 1 } }
            default: break
            }
        }
    }

    /// Whether an event whose beginning this is may hold anything of use: no graph, no trace of a run.
    ///
    /// Its kind comes after the time and the step, so a few bytes tell.
    package static func isOfUse(_ head: [UInt8], from start: Int) -> Bool {
        var position = start
        while position < head.count {
            switch head[position] {
            case 0x09: position += 9
            case 0x10:
                position += 1
                while position < head.count, head[position] >= 0x80 { position += 1 }
                position += 1
            // Texts of versions, summaries and notes of sessions; the rest are graphs and the like.
            case let tag: return tag == 0x1a || tag == 0x2a || tag == 0x3a
            }
        }
        return true
    }

    private mutating func readSummary(_ bytes: [UInt8], _ range: Range<Int>) {
        var values = WireReader(bytes, range)
        var count = 0
        while count < Self.valueLimit, let value = values.next() {
            guard value.number == 1 else { continue }
            count += 1
            readValue(bytes, value.range)
        }
    }

    private mutating func readValue(_ bytes: [UInt8], _ range: Range<Int>) {
        var fields = WireReader(bytes, range)
        var (tag, number, plugin) = (nil as String?, nil as Double?, nil as Plugin?)
        while let field = fields.next() {
            switch field.number {
            case 1: tag = fields.text(field.range, limit: Self.tagLimit)
            case 2: number = field.bits.map { Double(Float(bitPattern: UInt32(truncatingIfNeeded: $0))) }
            case 8: number = TensorScalar.value(bytes, field.range)
            case 9: plugin = Plugin(bytes, field.range)
            default: break
            }
        }
        guard let tag, !tag.isEmpty else { return }
        if tag.hasPrefix("_hparams_/") {
            if plugin?.isNamed("hparams") == true, let content = plugin?.content, let found = HParams(bytes, content) {
                hparams.append(found)
            }
        } else if let number, plugin?.isOfScalars ?? true {
            scalars.append(Scalar(tag: tag, value: number))
        }
    }

    /// The metadata of a value, which comes with the first one of a tag only.
    private struct Plugin {
        private var name = ""
        private(set) var content: Range<Int>?

        init(_ bytes: [UInt8], _ range: Range<Int>) {
            var metadata = WireReader(bytes, range)
            while let field = metadata.next() {
                guard field.number == 1 else { continue }
                var plugin = WireReader(bytes, field.range)
                while let part = plugin.next() {
                    if part.number == 1 { name = plugin.text(part.range, limit: 64) ?? "?" }
                    if part.number == 2 { content = part.range }
                }
            }
        }

        func isNamed(_ text: String) -> Bool { name == text }

        var isOfScalars: Bool { name.isEmpty || name == "scalars" }
    }
}
