import RunServices
import Testing

@Suite struct ProcessMemoryTests {
    private let maps = """
        55d0c0000000-55d0c08d9000 r--p 00000000 fe:00 1234 /opt/my tools/runwatch
        55d0c08d9000-55d0c2f11000 r-xp 008d9000 fe:00 1234                       /opt/my tools/runwatch
        55d0c39c6000-55d0c6140000 rw-p 039c5000 fe:00 1234 /opt/my tools/runwatch
        7f0000000000-7f0000100000 r-xp 00000000 fe:00 99 /usr/lib/libc.so.6
        7f0000200000-7f0000201000 rwxp 00000000 fe:00 1234 /opt/my tools/runwatch
        7ffc00000000-7ffc00002000 r-xp 00000000 00:00 0                          [vdso]
        7ffd00000000-7ffd00001000 r-xp 00000000 00:00 0
        nonsense
        zz-zz r-xp 0 0 0 /opt/my tools/runwatch
        """

    @Test func onlyUnwritableCodeOfFilesIsLetGo() {
        #expect(
            ProcessMemory.codeRanges(inMaps: maps)
                == [0x55d0_c08d_9000..<0x55d0_c2f1_1000, 0x7f00_0000_0000..<0x7f00_0010_0000])
        #expect(ProcessMemory.codeRanges(inMaps: "").isEmpty)
    }

    @Test func theProgramRunsOnWithoutItsPages() {
        ProcessMemory.releaseCode()
        #expect((1...1_000).reduce(0, +) == 500_500)
    }
}
