/// One or more metrics as curves with labelled axes, in braille dots or ASCII.
///
/// Values that are not finite leave a gap in their curve and are counted in words. One point is stated, not plotted.
package struct Chart: Sendable {
    /// A measured point; `x` is a step or a time.
    package struct Point: Equatable, Sendable {
        /// A step or milliseconds.
        package var x: Double
        /// The value; may be NaN or infinite.
        package var y: Double

        /// A point of a curve.
        package init(x: Double, y: Double) {
            self.x = x
            self.y = y
        }

        var isFinite: Bool { x.isFinite && y.isFinite }
    }

    /// A named curve; its points are joined in the order given.
    package struct Series: Equatable, Sendable {
        /// For the legend.
        package var name: String
        /// In the order in which they are joined.
        package var points: [Point]
        /// Of the curve and its legend.
        package var style: Style

        /// A curve.
        package init(name: String, points: [Point], style: Style = .plain) {
            self.name = name
            self.points = points
            self.style = style
        }
    }

    /// Above the plot; nil for none.
    package var title: String?
    /// Curves on common axes.
    package var series: [Series]
    /// What it is drawn with.
    package var glyphs: Glyphs
    /// For title notes, axes and labels.
    package var axisStyle: Style
    /// Of the title.
    package var titleStyle: Style
    /// How a value on the x axis reads: a step, or a time.
    package var formatX: @Sendable (Double) -> String

    /// A chart, to be drawn anywhere.
    package init(
        title: String? = nil, series: [Series], glyphs: Glyphs = .unicode, axisStyle: Style = .plain.dim(),
        titleStyle: Style = .plain.bold(), formatX: @escaping @Sendable (Double) -> String = Chart.stepText
    ) {
        self.title = title
        self.series = series
        self.glyphs = glyphs
        self.axisStyle = axisStyle
        self.titleStyle = titleStyle
        self.formatX = formatX
    }

    /// Steps below a million with all their digits, since steps are looked up elsewhere by number.
    @Sendable package static func stepText(_ value: Double) -> String {
        value.magnitude < 1e6 && value == value.rounded()
            ? NumberText.fixed(value, decimals: 0) : NumberText.compact(value, significantDigits: 4)
    }
}
