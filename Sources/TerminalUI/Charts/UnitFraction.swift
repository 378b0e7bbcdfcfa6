/// Where a value lies between two others, for any doubles.
enum UnitFraction {
    /// 0 at `low` or below, 1 at `high` or above; the middle where the two are no span.
    static func of(_ value: Double, from low: Double, to high: Double) -> Double {
        guard high > low else { return 0.5 }
        let span = high - low
        // Halved where the span would be infinite, as that of ±1e308; not always, for half the least double is zero.
        let fraction = span.isFinite ? (value - low) / span : (value / 2 - low / 2) / (high / 2 - low / 2)
        // Written so that NaN, which a value that is none gives, is 0.
        return fraction >= 1 ? 1 : fraction > 0 ? fraction : 0
    }
}
