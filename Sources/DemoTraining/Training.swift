import Algorithms

/// Mini-batch gradient descent with momentum on one network, an epoch at a time.
package struct Training: Sendable {
    /// What a person chooses about a training; the same settings on the same points give the same epochs.
    package struct Settings: Sendable {
        /// The step size of the first epoch; later epochs use smaller ones.
        package var learningRate: Double
        /// How many units the hidden layer has.
        package var hidden: Int
        /// How many points each step takes; at least 1.
        package var batch: Int
        /// Fixes the first weights and the order of the points in each epoch.
        package var seed: UInt64

        /// Settings of these values; nothing is checked.
        package init(learningRate: Double, hidden: Int, batch: Int, seed: UInt64 = 1) {
            self.learningRate = learningRate
            self.hidden = hidden
            self.batch = batch
            self.seed = seed
        }
    }

    /// What one epoch came to.
    package struct Epoch: Sendable {
        /// Counts the epochs from 0.
        package var number: Int
        /// The step size that this epoch used.
        package var learningRate: Double
        /// Mean cross entropy in nats over the training points after the epoch.
        package var loss: Double
        /// The share of training points classified rightly after the epoch, from 0 to 1.
        package var accuracy: Double
        /// Mean cross entropy in nats over the points kept for validation.
        package var validationLoss: Double
        /// The share of validation points classified rightly, from 0 to 1.
        package var validationAccuracy: Double
    }

    /// The usual choice for gradient descent with momentum (Sutskever et al., 2013).
    private static let momentum = 0.9

    /// What this training was started with.
    package let settings: Settings
    /// The network as the epochs so far have left it.
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

    /// Goes once through the training points in a new order, then measures the network on both sets of points.
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
