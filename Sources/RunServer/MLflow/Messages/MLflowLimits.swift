import MLflowMeaning
import MLflowWire

/// What MLflow's server takes as keys and values (`mlflow/utils/validation.py`), and its words for what it does not.
enum MLflowLimits {
    /// Entries of one kind in a batch, points apart.
    private static let entriesInBatch = 100
    /// Points in a batch, and entries of all kinds.
    private static let allInBatch = 1_000
    private static let keyLength = 250
    private static let paramLength = 6_000
    private static let tagLength = 8_000
    private static let experimentTagLength = 20_000
    private static let experimentNameLength = 500

    /// The parameter with its value cut to what MLflow keeps, as its clients count on.
    static func param(_ entry: WireEntry, _ path: String = "") throws(MLflowFault) -> WireEntry {
        try checkKey(entry.key, join(path, "key"))
        try checkLength(entry.key, keyLength, "Param key")
        return WireEntry(key: entry.key, value: cut(entry.value ?? "", paramLength))
    }

    /// The tag with its value cut to what MLflow keeps, as its clients count on.
    static func tag(_ entry: WireEntry, _ path: String = "") throws(MLflowFault) -> WireEntry {
        try checkKey(entry.key, join(path, "key"))
        try checkLength(entry.key, keyLength, join(path, "key"))
        return WireEntry(key: entry.key, value: cut(entry.value ?? "", tagLength))
    }

    static func check(_ metric: WireMetric, _ path: String = "") throws(MLflowFault) {
        try checkKey(metric.key, join(path, "name"))
        if metric.timestamp < 0 {
            throw .invalidValue(
                .integer(metric.timestamp), of: join(path, "timestamp"),
                "metric '\(metric.key)' (value=\(metric.value)). Timestamp must be a nonnegative long (64-bit integer) "
            )
        }
        try checkLength(metric.key, keyLength, "Metric name")
    }

    static func checkExperimentTag(_ entry: WireEntry) throws(MLflowFault) {
        try checkKey(entry.key, "key")
        try checkLength(entry.key, keyLength, "key")
        try checkLength(entry.value ?? "", experimentTagLength, "value")
    }

    static func checkExperimentName(_ name: String) throws(MLflowFault) {
        if name.isEmpty { throw .invalid("Invalid experiment name: ''") }
        try checkLength(name, experimentNameLength, "name")
    }

    static func checkBatch(metrics: Int, params: Int, tags: Int) throws(MLflowFault) {
        try checkCount(metrics, allInBatch, "metrics")
        try checkCount(params, entriesInBatch, "params")
        try checkCount(tags, entriesInBatch, "tags")
        try checkCount(metrics + params + tags, allInBatch, "metrics, params, and tags")
    }

    static func checkUnique(_ params: [WireEntry]) throws(MLflowFault) {
        var known: Set<String> = []
        let twice = params.filter { !known.insert($0.key).inserted }.map { PythonText.quoted($0.key) }
        if twice.isEmpty { return }
        throw .invalid(
            "Duplicate parameter keys have been submitted: [\(twice.joined(separator: ", "))]. Please ensure "
                + "the request contains only one param value per param key.")
    }

    /// `_RUN_ID_REGEX`: a letter or digit, then up to 255 of those, `_` and `-`.
    static func checkRunID(_ id: String) throws(MLflowFault) {
        let isPlain = id.unicodeScalars.allSatisfy { $0 == "_" || $0 == "-" || isAlphanumeric($0) }
        let first = id.unicodeScalars.first
        if isPlain, id.unicodeScalars.count <= 256, let first, first.isASCII, isAlphanumeric(first) { return }
        throw .invalidValue(.text(id), of: "run_id")
    }

    private static func checkCount(_ count: Int, _ limit: Int, _ what: String) throws(MLflowFault) {
        if count <= limit { return }
        throw .invalid(
            "A batch logging request can contain at most \(limit) \(what). Got \(count) \(what). Please split up "
                + "\(what) across multiple requests and try again.")
    }

    private static func checkKey(_ key: String, _ path: String) throws(MLflowFault) {
        let isAllowed = key.unicodeScalars.allSatisfy { "/_.- :".unicodeScalars.contains($0) || isAlphanumeric($0) }
        guard isAllowed else {
            throw .invalidValue(
                .text(key), of: path,
                "Names may only contain alphanumerics, underscores (_), dashes (-), periods (.), spaces ( ), colon(:) "
                    + "and slashes (/).")
        }
        let normal = PythonText.normalPath(key)
        if normal == key, normal != ".", !normal.hasPrefix(".."), !normal.hasPrefix("/") { return }
        throw .invalidValue(
            .text(key), of: path,
            "Names may be treated as files in certain cases, and must not resolve to other names when treated as such. "
                + "This name would resolve to \(PythonText.quoted(normal))")
    }

    static func checkLength(_ text: String, _ limit: Int, _ name: String) throws(MLflowFault) {
        if text.utf8.count <= limit || text.unicodeScalars.count <= limit { return }
        throw .invalid("'\(name)' exceeds the maximum length of \(limit) characters")
    }

    private static func cut(_ text: String, _ limit: Int) -> String {
        if text.utf8.count <= limit || text.unicodeScalars.count <= limit { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.prefix(limit)))
    }

    private static func join(_ path: String, _ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }

    private static func isAlphanumeric(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
        default: scalar.properties.numericType != nil
        }
    }
}
