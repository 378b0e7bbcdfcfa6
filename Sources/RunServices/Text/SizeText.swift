/// Sizes in our sentences, as people say them.
package enum SizeText {
    private static let units = ["B", "kB", "MB", "GB", "TB"]

    /// `63 GB`, `1.5 GB`, `640 MB`: in powers of a thousand, with a tenth where there is one digit before it.
    package static func brief(_ bytes: Int64) -> String {
        var value = Double(max(0, bytes))
        var unit = 0
        while value >= 999.5, unit < units.count - 1 {
            value /= 1_000
            unit += 1
        }
        let tenths = Int64((value * 10).rounded())
        let isWhole = unit == 0 || tenths >= 100 || tenths % 10 == 0
        return (isWhole ? "\(Int64(value.rounded()))" : "\(tenths / 10).\(tenths % 10)") + " " + units[unit]
    }
}
