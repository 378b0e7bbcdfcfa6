import RunModel
import RunServices
import TerminalUI

/// What is said of a chart.
extension ChartMaker {
    /// Scale, smoothing, the part of x that is shown, and whether points were left out; empty where all is as usual.
    func caption(_ series: [MetricSeries]) -> String {
        var parts = settings
        let total = series.reduce(0) { $0.addingReportingOverflow($1.total).partialValue }
        let shown = series.reduce(0) { $0 + $1.points.count }
        if total > shown {
            let band = view.smoothing == 0 && series.contains { $0.spans != nil } ? ", band: min to max" : ""
            parts.append("\(shown) of \(NumberText.compact(Double(total))) points\(band)")
        }
        return parts.joined(separator: " \(glyphs.separator) ")
    }

    /// The same without what is said of single samples.
    var settings: [String] {
        var parts: [String] = []
        if view.isLogarithmic { parts.append("log scale") }
        if view.smoothing > 0 { parts.append("smoothed \(NumberText.compact(view.smoothing))") }
        if let range {
            let format = formatX(over: range)
            let axis = view.xAxis == .step ? "steps " : ""
            parts.append("\(axis)\(format(range.lowerBound)) to \(format(range.upperBound))")
        }
        return parts
    }

    /// Step, time and value of a point: `step 120 · 2m 04s · 0.2312`.
    func text(of reading: ChartReading, from start: Timestamp) -> String {
        let time =
            view.xAxis == .clock
            ? TimeText.brief(reading.point.timestamp, now: now, zone: zone)
            : Self.elapsedText(Double(reading.point.timestamp.milliseconds(since: start)))
        var parts = ["step \(reading.point.step)", time, NumberText.compact(reading.value, significantDigits: 5)]
        if let smoothed = reading.smoothed {
            parts.append("smoothed \(NumberText.compact(smoothed, significantDigits: 5))")
        }
        return parts.joined(separator: " \(glyphs.separator) ")
    }

    /// How places on the x axis read where it shows `xs`.
    func formatX(over xs: ClosedRange<Double>?) -> @Sendable (Double) -> String {
        switch view.xAxis {
        case .step: return { Chart.stepText($0.rounded()) }
        case .elapsed: return Self.elapsedText
        case .clock:
            let (zone, now) = (zone, now)
            let isLong = xs.map { $0.upperBound - $0.lowerBound >= 86_400_000 } ?? false
            return { x in
                let time = Timestamp(milliseconds: Int64(exactly: x.rounded()) ?? 0)
                return isLong ? TimeText.dayAndTime(time, zone: zone) : TimeText.clock(time, now: now, zone: zone)
            }
        }
    }

    @Sendable private static func elapsedText(_ milliseconds: Double) -> String {
        guard let whole = Int64(exactly: milliseconds.rounded()) else { return "" }
        // Clocks differ: a point may be from before the start.
        return whole < 0 ? "-" + TimeText.duration(Int64(clamping: whole.magnitude)) : TimeText.duration(whole)
    }
}
