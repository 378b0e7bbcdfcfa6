import Glibc

/// A classifier of points in the plane: two inputs, one hidden layer of tanh units, one logistic output.
package struct Network: Sendable {
    /// How many units the hidden layer has.
    package let hidden: Int
    /// Per hidden unit two input weights, one bias and one output weight, then the output's bias.
    package var parameters: [Double]

    /// Weights scaled by the square root of the number of inputs (Glorot and Bengio, 2010), so that units start unsaturated.
    package init(hidden: Int, seed: UInt64) {
        self.hidden = hidden
        var generator = SeededGenerator(seed: seed)
        parameters = []
        for _ in 0..<hidden {
            parameters.append(generator.normal() / Double(2).squareRoot())
            parameters.append(generator.normal() / Double(2).squareRoot())
            parameters.append(generator.normal() / Double(2).squareRoot())
            parameters.append(generator.normal() / Double(hidden).squareRoot())
        }
        parameters.append(0)
    }

    /// The logit of class 1, and the hidden units' values in `activations`.
    private func logit(_ x: Double, _ y: Double, _ activations: inout [Double]) -> Double {
        var sum = parameters[4 * hidden]
        for unit in 0..<hidden {
            let base = 4 * unit
            let value = tanh(parameters[base] * x + parameters[base + 1] * y + parameters[base + 2])
            activations[unit] = value
            sum += parameters[base + 3] * value
        }
        return sum
    }

    /// Mean cross entropy in nats, and the share of points classified rightly.
    package func evaluate(_ points: LabelledPoints) -> (loss: Double, accuracy: Double) {
        var activations = [Double](repeating: 0, count: hidden)
        var loss = 0.0
        var right = 0
        for index in 0..<points.count {
            let logit = logit(points.x[index], points.y[index], &activations)
            loss += Self.crossEntropy(logit, points.labels[index])
            if (logit > 0) == (points.labels[index] > 0.5) { right += 1 }
        }
        return (loss / Double(points.count), Double(right) / Double(points.count))
    }

    /// The gradient of the mean cross entropy over the points at `indices`, in the order of `parameters`.
    package func gradient(on points: LabelledPoints, at indices: some Collection<Int>) -> [Double] {
        var gradient = [Double](repeating: 0, count: parameters.count)
        var activations = [Double](repeating: 0, count: hidden)
        for index in indices {
            let (x, y) = (points.x[index], points.y[index])
            let logit = logit(x, y, &activations)
            let error = (1 / (1 + exp(-logit)) - points.labels[index]) / Double(indices.count)
            gradient[4 * hidden] += error
            for unit in 0..<hidden {
                let base = 4 * unit
                let value = activations[unit]
                let inner = error * parameters[base + 3] * (1 - value * value)
                gradient[base] += inner * x
                gradient[base + 1] += inner * y
                gradient[base + 2] += inner
                gradient[base + 3] += error * value
            }
        }
        return gradient
    }

    /// log(1 + exp(-z)) for the right class, in the form that does not overflow.
    private static func crossEntropy(_ logit: Double, _ label: Double) -> Double {
        let signed = label > 0.5 ? -logit : logit
        return max(signed, 0) + log1p(exp(-abs(signed)))
    }
}
