import Testing

@Suite struct NumberFunctionTests {
    @Test func abs() {
        expect(
            on: "-5",
            [
                "abs(@)": "5", "abs(`5`)": "5", "abs(`-1.5`)": "1.5", "abs(`-0.0`)": "0.0",
                "abs(`-9223372036854775808`)": "9223372036854775808",
                "abs(`-100000000000000000000`)": "100000000000000000000", "abs('1')": "!invalid-type",
                "abs(`true`)": "!invalid-type",
                "abs(`null`)": "!invalid-type", "abs(`[1]`)": "!invalid-type", "abs(&@)": "!invalid-type",
                "abs()": "!invalid-arity", "abs(@, @)": "!invalid-arity",
            ])
    }

    @Test func ceilAndFloor() {
        expect(
            on: "1.2",
            [
                "ceil(@)": "2", "floor(@)": "1", "ceil(`-1.2`)": "-1", "floor(`-1.2`)": "-2", "ceil(`3`)": "3",
                "floor(`3`)": "3", "ceil(`3.0`)": "3",
                "floor(`-0.0`)": "0", "ceil(`1e20`)": "100000000000000000000",
                "floor(`-1e22`)": "-10000000000000000000000",
                "ceil(`9.3e18`)": "9300000000000000000", "floor(`9223372036854775807`)": "9223372036854775807",
                "floor(`Infinity`)": "Infinity",
                "ceil('1')": "!invalid-type", "floor(`null`)": "!invalid-type", "ceil()": "!invalid-arity",
                "floor(@,@)": "!invalid-arity",
            ])
        expect(
            on: "1e300",
            [
                "length(to_string(floor(@)))": "301", "floor(@) == @": "true",
                "starts_with(to_string(ceil(@)), '100000000000000005250476025')": "true",
            ])
    }

    @Test func sumAndAvg() {
        expect(
            on: "[1,2,3]",
            [
                "sum(@)": "6", "avg(@)": "2.0", "sum(`[1, 0.5]`)": "1.5", "sum(`[]`)": "0", "avg(`[]`)": "null",
                "avg(`[1.5]`)": "1.5", "avg(`[1,2]`)": "1.5",
                "sum(`[9223372036854775807, 1]`)": "9223372036854775808",
                "sum(`[9223372036854775808, -1]`)": "9223372036854775807",
                "sum(`[-99999999999999999999, 1]`)": "-99999999999999999998",
                "sum(`[99999999999999999999, -99999999999999999999]`)": "0",
                "sum(`[0.1, 0.2]`)": "0.30000000000000004", "sum(`[1e308, 1e308]`)": "Infinity",
                "sum(`[\"1\"]`)": "!invalid-type", "sum(`[1, true]`)": "!invalid-type",
                "avg(`[1, null]`)": "!invalid-type", "sum(`{}`)": "!invalid-type", "avg('a')": "!invalid-type",
                "sum()": "!invalid-arity", "avg(@, @)": "!invalid-arity",
            ])
    }
}
