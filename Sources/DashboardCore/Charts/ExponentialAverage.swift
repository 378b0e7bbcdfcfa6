/// A moving average in which each value weighs less the longer ago it was, as TensorBoard smooths: begun without a bias
/// towards zero.
struct ExponentialAverage {
    private let weight: Double
    private var value = 0.0
    /// What the weights of all values so far lack to 1.
    private var missing = 1.0

    /// - Parameter weight: how much of each average is the one before; within 0..<1.
    init(weight: Double) { self.weight = weight }

    /// The average with one more value, which must be finite.
    mutating func take(_ next: Double) -> Double {
        missing *= weight
        let share = min(1, (1 - weight) / (1 - missing))
        let mean = value * (1 - share) + next * share
        // Rounding could leave the range of the two, and near the greatest number all numbers.
        value = missing == weight ? next : min(max(mean, min(value, next)), max(value, next))
        return value
    }
}
