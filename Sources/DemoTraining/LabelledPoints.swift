import Glibc

/// Points in the plane, each of one of two classes.
package struct LabelledPoints: Sendable {
    /// The first coordinate of each point.
    package var x: [Double] = []
    /// The second coordinate of each point, at the same index as in `x`.
    package var y: [Double] = []
    /// 0 or 1.
    package var labels: [Double] = []

    package init() {}

    /// How many points there are.
    package var count: Int { labels.count }

    private mutating func append(_ x: Double, _ y: Double, _ label: Double) {
        self.x.append(x)
        self.y.append(y)
        labels.append(label)
    }

    /// Two interleaved half circles: no straight line separates them.
    package static func moons(count: Int, noise: Double, seed: UInt64) -> LabelledPoints {
        var generator = SeededGenerator(seed: seed)
        var points = LabelledPoints()
        for index in 0..<count {
            let angle = Double.random(in: 0...Double.pi, using: &generator)
            let isUpper = index.isMultiple(of: 2)
            let x = isUpper ? cos(angle) : 1 - cos(angle)
            let y = isUpper ? sin(angle) : 0.5 - sin(angle)
            points.append(x + noise * generator.normal(), y + noise * generator.normal(), isUpper ? 0 : 1)
        }
        return points
    }

    /// Two arms wound around each other, one and a half turns: hard for a small network, so its loss falls for long.
    package static func spirals(count: Int, noise: Double, seed: UInt64) -> LabelledPoints {
        var generator = SeededGenerator(seed: seed)
        var points = LabelledPoints()
        for index in 0..<count {
            let position = Double.random(in: 0.1...1, using: &generator)
            let arm = Double(index % 2)
            let angle = 3 * Double.pi * position + Double.pi * arm
            points.append(
                2 * position * cos(angle) + noise * generator.normal(),
                2 * position * sin(angle) + noise * generator.normal(), arm)
        }
        return points
    }

    /// The first `count` points, and the others.
    package func split(at count: Int) -> (LabelledPoints, LabelledPoints) {
        var first = LabelledPoints()
        var second = LabelledPoints()
        for index in 0..<self.count {
            if index < count {
                first.append(x[index], y[index], labels[index])
            } else {
                second.append(x[index], y[index], labels[index])
            }
        }
        return (first, second)
    }
}
