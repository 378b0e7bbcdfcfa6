import DemoTraining
import Testing

@Suite struct TrainingTests {
    private static func epochs(
        _ count: Int, learningRate: Double, seed: UInt64 = 1, on points: LabelledPoints
    ) -> [Training.Epoch] {
        var training = Training(.init(learningRate: learningRate, hidden: 12, batch: 32, seed: seed), on: points)
        return (0..<count).map { _ in training.nextEpoch() }
    }

    @Test func learnsTheMoons() throws {
        let epochs = Self.epochs(40, learningRate: 0.1, on: .moons(count: 500, noise: 0.2, seed: 1))
        let last = try #require(epochs.last)
        #expect(last.loss < epochs[0].loss / 2)
        #expect(last.accuracy > 0.9)
        #expect(last.validationAccuracy > 0.85)
        #expect(epochs.map(\.number) == Array(0..<40))
    }

    @Test func keepsLearningTheSpirals() throws {
        let epochs = Self.epochs(300, learningRate: 0.05, on: .spirals(count: 500, noise: 0.05, seed: 1))
        let last = try #require(epochs.last)
        #expect(last.loss < epochs[20].loss)
        #expect(epochs[20].loss < epochs[0].loss)
        #expect(last.learningRate < epochs[0].learningRate)
    }

    @Test func tooLargeARateDiverges() {
        let epochs = Self.epochs(20, learningRate: 10, on: .moons(count: 500, noise: 0.2, seed: 1))
        #expect(epochs.contains { !($0.loss <= 20) })
    }

    @Test func sameSeedSameNumbersOtherSeedOthers() {
        let points = LabelledPoints.moons(count: 200, noise: 0.2, seed: 5)
        let first = Self.epochs(3, learningRate: 0.1, seed: 4, on: points).map(\.loss)
        #expect(first == Self.epochs(3, learningRate: 0.1, seed: 4, on: points).map(\.loss))
        #expect(first != Self.epochs(3, learningRate: 0.1, seed: 6, on: points).map(\.loss))
    }

    @Test func pointsAreReadFromLines() {
        let points = LabelledPoints(lines: ["x,y,label\n", "1.5, -2, 1\n", "0 0 0\n", "1,2\n"])
        #expect(points.x == [1.5, 0])
        #expect(points.y == [-2, 0])
        #expect(points.labels == [1, 0])
    }
}
