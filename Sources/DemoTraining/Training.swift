import Algorithms

/// Mini-batch gradient descent with momentum on one network, an epoch at a time.
package struct Training: Sendable {
    package struct Settings: Sendable {
        package var learningRate: Double
        package var hidden: Int
        package var batch: Int
        package var seed: UInt64

        package init(learningRate: Double, hidden: Int, batch: Int, seed: UInt64 = 1) {
            self.learningRate = learningRate
            self.hidden = hidden
            self.batch = batch
            self.seed = seed
        }
    }

    /// What one epoch came to.
    package struct Epoch: Sendable {
        package var number: Int
        package var learningRate: Double
        package var loss: Double
        package var accuracy: Double
        package var validationLoss: Double
        package var validationAccuracy: Double
    }

    /// The usual choice for gradient descent with momentum (Sutskever et al., 2013).
    private static let momentum = 0.9

    package let settings: Settings
    package private(set) var network: Network
    private let training: LabelledPoints
    private let validation: LabelledPoints
    private var velocity: [Double]
    private var generator: SeededGenerator
    private var epochs = 0

    /// The last fifth of `points` is kept for validation.
    package init(_ settings: Settings, on points: LabelledPoints) {
        self.settings = settings
        network = Network(hidden: settings.hidden, seed: settings.seed)
        (training, validation) = points.split(at: points.count * 4 / 5)
        velocity = [Double](repeating: 0, count: network.parameters.count)
        generator = SeededGenerator(seed: settings.seed &+ 1)
    }

    /// The rate falls with the epochs, so that a long training settles.
    package var learningRate: Double { settings.learningRate / (1 + Double(epochs) / 100) }

    package mutating func nextEpoch() -> Epoch {
        let rate = learningRate
        let order = Array(0..<training.count).shuffled(using: &generator)
        for batch in order.chunks(ofCount: settings.batch) {
            let slope = network.gradient(on: training, at: batch)
            for index in slope.indices {
                velocity[index] = Self.momentum * velocity[index] - rate * slope[index]
                network.parameters[index] += velocity[index]
            }
        }
        let seen = network.evaluate(training)
        let unseen = network.evaluate(validation)
        defer { epochs += 1 }
        return Epoch(
            number: epochs, learningRate: rate, loss: seen.loss, accuracy: seen.accuracy,
            validationLoss: unseen.loss, validationAccuracy: unseen.accuracy)
    }
}
