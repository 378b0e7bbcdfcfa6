import DemoTraining
import Testing

@Suite struct NetworkTests {
    @Test func gradientAgreesWithFiniteDifferences() {
        let points = LabelledPoints.moons(count: 40, noise: 0.2, seed: 3)
        var network = Network(hidden: 5, seed: 7)
        let gradient = network.gradient(on: points, at: 0..<points.count)
        #expect(gradient.count == network.parameters.count)
        // Central differences err with the square of the width, 1e-10 here, and rounding with its inverse, 1e-11.
        let width = 1e-5
        for index in network.parameters.indices {
            let original = network.parameters[index]
            network.parameters[index] = original + width
            let above = network.evaluate(points).loss
            network.parameters[index] = original - width
            let below = network.evaluate(points).loss
            network.parameters[index] = original
            #expect(abs((above - below) / (2 * width) - gradient[index]) < 1e-8, "parameter \(index)")
        }
    }

    @Test func gradientOfABatchIsTheMeanOfItsPoints() {
        let points = LabelledPoints.spirals(count: 6, noise: 0.05, seed: 1)
        let network = Network(hidden: 3, seed: 2)
        let batch = network.gradient(on: points, at: [1, 4])
        let first = network.gradient(on: points, at: [1])
        let second = network.gradient(on: points, at: [4])
        for index in batch.indices { #expect(abs(batch[index] - (first[index] + second[index]) / 2) < 1e-12) }
    }

    @Test func lossOfACertainAndWrongAnswerStaysFinite() {
        var network = Network(hidden: 1, seed: 1)
        network.parameters = [0, 0, 0, 0, 2_000]
        var points = LabelledPoints(lines: ["0,0,0"])
        #expect(network.evaluate(points).loss == 2_000)
        points = LabelledPoints(lines: ["0,0,1"])
        #expect(network.evaluate(points).loss == 0)
    }
}
