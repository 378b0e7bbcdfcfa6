/// What the hparams plugin keeps in the metadata of a summary.
package enum HParams: Equatable, Sendable {
    /// How a session ended.
    package enum Ending: Equatable, Sendable {
        case succeeded, failed
        /// It says that it runs, or nothing at all.
        case open
    }

    /// A session begins with these values; the start is in seconds since 1970, 0 where it is not told.
    case start(values: [Value], group: String, model: String, monitor: String, seconds: Double)
    /// A session ended; the end is in seconds since 1970, 0 where it is not told.
    case end(Ending, seconds: Double)
    /// Of all the sessions together.
    case experiment(description: String, user: String)

    /// One parameter as text.
    package struct Value: Equatable, Sendable {
        /// Its name.
        package let key: String
        /// As a person would write it.
        package let text: String
    }

    /// Parameters of one session at most; bytes of a name and of a text.
    static let (countLimit, keyLimit, textLimit) = (2_000, 1_024, 8_192)

    /// Nil for what is no `HParamsPluginData`.
    init?(_ bytes: [UInt8], _ range: Range<Int>) {
        var fields = WireReader(bytes, range)
        while let field = fields.next() {
            switch field.number {
            case 2: self = Self.experiment(bytes, field.range)
            case 3: self = Self.start(bytes, field.range)
            case 4: self = Self.end(bytes, field.range)
            default: continue
            }
            return
        }
        return nil
    }

    private static func experiment(_ bytes: [UInt8], _ range: Range<Int>) -> HParams {
        var fields = WireReader(bytes, range)
        var (description, user) = ("", "")
        while let field = fields.next() {
            if field.number == 1 { description = fields.text(field.range, limit: textLimit) ?? "" }
            if field.number == 2 { user = fields.text(field.range, limit: keyLimit) ?? "" }
        }
        return .experiment(description: description, user: user)
    }

    private static func start(_ bytes: [UInt8], _ range: Range<Int>) -> HParams {
        var fields = WireReader(bytes, range)
        var values: [Value] = []
        var (group, model, monitor, seconds) = ("", "", "", 0.0)
        while let field = fields.next() {
            switch field.number {
            case 1: if values.count < countLimit, let value = entry(bytes, field.range) { values.append(value) }
            case 2: model = fields.text(field.range, limit: textLimit) ?? ""
            case 3: monitor = fields.text(field.range, limit: textLimit) ?? ""
            case 4: group = fields.text(field.range, limit: keyLimit) ?? ""
            case 5: seconds = field.double ?? 0
            default: break
            }
        }
        return .start(values: values, group: group, model: model, monitor: monitor, seconds: seconds)
    }

    private static func end(_ bytes: [UInt8], _ range: Range<Int>) -> HParams {
        var fields = WireReader(bytes, range)
        var (ending, seconds) = (Ending.open, 0.0)
        while let field = fields.next() {
            if field.number == 1 { ending = field.bits == 1 ? .succeeded : field.bits == 2 ? .failed : .open }
            if field.number == 2 { seconds = field.double ?? 0 }
        }
        return .end(ending, seconds: seconds)
    }

    /// One entry of a map from names to `google.protobuf.Value`.
    private static func entry(_ bytes: [UInt8], _ range: Range<Int>) -> Value? {
        var fields = WireReader(bytes, range)
        var (key, text) = (nil as String?, "")
        while let field = fields.next() {
            if field.number == 1 { key = fields.text(field.range, limit: keyLimit) }
            if field.number == 2 { text = plain(bytes, field.range) }
        }
        guard let key, !key.isEmpty else { return nil }
        return Value(key: key, text: text)
    }

    private static func plain(_ bytes: [UInt8], _ range: Range<Int>) -> String {
        var fields = WireReader(bytes, range)
        while let field = fields.next() {
            switch field.number {
            case 2:
                guard let number = field.double else { return "" }
                // Every number is a `double` there; those that were whole are written as whole ones.
                return Int64(exactly: number).flatMap { $0.magnitude < 1 << 53 ? String($0) : nil } ?? "\(number)"
            case 3: return fields.text(field.range, limit: textLimit) ?? "(too long)"
            case 4: return field.bits == 0 ? "false" : "true"
            default: continue
            }
        }
        return ""
    }
}
