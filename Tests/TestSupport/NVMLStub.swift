import Foundation

/// A stand-in for NVIDIA's management library, for machines without a GPU.
package enum NVMLStub {
    /// A library with the functions of NVIDIA's that are called, and two GPUs; the process whose number is in
    /// the file `pid` beside it uses the second. Nil without a C compiler.
    package static func library(in place: String) async throws -> String? {
        let source = """
            #include <stdio.h>
            int nvmlInit_v2(void) { return 0; }
            int nvmlDeviceGetCount_v2(unsigned *count) { *count = 2; return 0; }
            static int devices[2];
            int nvmlDeviceGetHandleByIndex_v2(unsigned index, void **device) { *device = &devices[index]; return 0; }
            int nvmlDeviceGetUtilizationRates(void *device, unsigned *rates) {
                rates[0] = device == &devices[1] ? 87 : 13; rates[1] = 5; return 0; }
            int nvmlDeviceGetMemoryInfo(void *device, unsigned long long *bytes) {
                bytes[0] = 80000000000ull; bytes[1] = 50000000000ull; bytes[2] = 30000000000ull; return 0; }
            int nvmlDeviceGetPowerUsage(void *device, unsigned *milliwatts) { *milliwatts = 301500; return 0; }
            struct process { unsigned pid; unsigned long long memory; unsigned instance, compute; };
            int nvmlDeviceGetComputeRunningProcesses_v3(void *device, unsigned *count, struct process *list) {
                list[0] = (struct process){1, 7000000, 0, 0};
                *count = 1;
                int pid = 0;
                FILE *file = fopen(PID_FILE, "r");
                if (file) { if (fscanf(file, "%d", &pid) != 1) pid = 0; fclose(file); }
                if (device == &devices[1] && pid > 0) {
                    list[1] = (struct process){pid, 12000000000ull, 0, 0};
                    *count = 2;
                }
                return 0;
            }
            """
        try source.write(toFile: place + "/nvml.c", atomically: true, encoding: .utf8)
        let compiler = Process()
        compiler.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        let library = place + "/libnvidia-ml.so.1"
        compiler.arguments = [
            "cc", "-shared", "-fPIC", "-DPID_FILE=\"\(place)/pid\"", "-o", library, place + "/nvml.c",
        ]
        let status = try await withCheckedThrowingContinuation { (ended: CheckedContinuation<Int32, any Error>) in
            compiler.terminationHandler = { ended.resume(returning: $0.terminationStatus) }
            do { try compiler.run() } catch { ended.resume(throwing: error) }
        }
        return status == 0 ? library : nil
    }
}
