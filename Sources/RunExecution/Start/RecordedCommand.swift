import RunModel
package import RunServices

/// A run's command as it can be given again: what services keep of it is text, and a command need not be.
package struct RecordedCommand: Equatable, Sendable {
    /// The command and its arguments, byte for byte; not empty.
    package var words: [[UInt8]]

    /// A command of these words.
    package init(_ words: [[UInt8]]) { self.words = words }

    /// The property that keeps the words of a command that is no text.
    package static let property = "runwatch.command"
    /// The property that keeps which Python environment was active: its directory.
    package static let environmentProperty = "runwatch.environment"
    /// The tag that names the run that a run repeats.
    package static let repetitionTag = "repeats"

    /// What separates words where a service keeps them in one text.
    private static let separator: UInt8 = 0x1F
    /// Characters; a service may refuse longer properties, and has cut longer commands.
    private static let longest = 6_000

    /// What the service's text of the command does not tell: nil where it tells all, or what there is would be too long.
    package var propertyValue: String? {
        let isTold = words.allSatisfy { word in
            !word.contains(Self.separator) && String(validating: word, as: UTF8.self) != nil
        }
        if isTold { return nil }
        let text = words.map(Self.encoded).joined(separator: " ")
        return text.utf8.count <= Self.longest ? text : nil
    }

    /// As it was recorded for a run. Throws `unsupported` with what is missing.
    package init(of details: RunDetails) throws(RunServiceError) {
        if let text = details.run.properties.value(forKey: Self.property) {
            words = text.split(separator: " ", omittingEmptySubsequences: false).map(Self.decoded)
            if words.first?.isEmpty != false { throw Self.unknown(details.run) }
            return
        }
        guard let source = details.source, !source.directory.isEmpty, let program = source.command.first,
            !program.isEmpty
        else { throw Self.unknown(details.run) }
        let length = source.command.reduce(source.command.count - 1) { $0 + $1.unicodeScalars.count }
        // A word that was no text, without the property that would tell it; or the length at which MLflow cuts.
        guard !source.command.contains(where: { $0.contains("\u{FFFD}") }), length != 8_000 else {
            throw RunServiceError(
                .unsupported,
                "The run service does not have the whole command of run \(Shown.text(details.run.id.text)), so it cannot be "
                    + "run again; start it by hand.")
        }
        words = source.command.map { Array($0.utf8) }
    }

    private static func unknown(_ run: Run) -> RunServiceError {
        RunServiceError(
            .unsupported,
            "Run \(Shown.text(run.id.text)) does not tell its command, so it cannot be run again; `runwatch exec` "
                + "records commands.")
    }

    private static func encoded(_ word: [UInt8]) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        let plain = Array("-._~/=:,@+".utf8)
        var bytes: [UInt8] = []
        for byte in word {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: bytes.append(byte)
            case _ where plain.contains(byte): bytes.append(byte)
            default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func decoded(_ text: Substring) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return bytes
    }
}

extension RunDraft {
    /// Adds what a repetition will need and the service's text of the command does not tell.
    ///
    /// `variables`: those that the command has besides this process's.
    package mutating func noteExactly(_ command: [[UInt8]], variables: [String: String] = [:]) {
        if let value = RecordedCommand(command).propertyValue {
            properties.set(value, forKey: RecordedCommand.property)
        }
        if let place = variables["VIRTUAL_ENV"] ?? variables["CONDA_PREFIX"] ?? PythonEnvironment.active?.directory {
            properties.set(place, forKey: RecordedCommand.environmentProperty)
        }
    }
}
