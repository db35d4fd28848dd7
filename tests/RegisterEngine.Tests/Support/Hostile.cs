using System.Diagnostics;
using RegisterEngine.Sources;

namespace RegisterEngine.Tests.Support;

/// <summary>Damages files and sees that reading them ends in rows or in a refusal, in bounded time and memory.</summary>
internal static class Hostile
{
    /// <summary>Reads every beginning of a file; all must be refused.</summary>
    public static void Truncate(byte[] file, Action<byte[]> read, Func<int, bool>? mayPass = null)
    {
        for (int length = 0; length < file.Length; length++)
        {
            Exception? e = Record.Exception(() => read(file[..length]));
            if (e is null && mayPass?.Invoke(length) == true)
                continue;
            Assert.True(e is ExtractException, $"cut after {length} bytes: {e?.ToString() ?? "was read"}");
        }
    }

    /// <summary>Reads a file with some bytes changed, many times.</summary>
    /// <returns>How many were refused.</returns>
    public static int Mutate(byte[] file, int times, int seed, long mostBytes, Action<byte[]> read)
    {
        var random = new Random(seed);
        int refused = 0;
        for (int trial = 0; trial < times; trial++)
        {
            byte[] changed = Change(file, random);
            long before = GC.GetAllocatedBytesForCurrentThread();
            long start = Stopwatch.GetTimestamp();
            Exception? e = Record.Exception(() => read(changed));
            long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(e is null or ExtractException, $"seed {seed}, trial {trial}: {e}");
            Assert.True(bytes < mostBytes, $"seed {seed}, trial {trial}: {bytes} bytes were allocated");
            Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(20), $"seed {seed}, trial {trial} took {Stopwatch.GetElapsedTime(start)}");
            refused += e is null ? 0 : 1;
        }
        return refused;
    }

    private static byte[] Change(byte[] file, Random random)
    {
        var changed = new List<byte>(file);
        for (int i = random.Next(1, 4); i > 0; i--)
        {
            int at = random.Next(changed.Count);
            switch (random.Next(8))
            {
                case 0: changed[at] = 0xFF; break;
                case 1: changed[at] = 0; break;
                case 2: changed[at] ^= (byte)(1 << random.Next(8)); break;
                case 3: changed.RemoveRange(at, Math.Min(random.Next(1, 9), changed.Count - at)); break;
                case 4: changed.InsertRange(at, changed.GetRange(random.Next(changed.Count / 2), Math.Min(8, changed.Count / 2))); break;
                case 5 when at + 4 <= changed.Count:
                    byte[] number = BitConverter.GetBytes(random.Next(3) switch { 0 => int.MaxValue, 1 => int.MinValue, _ => -1 });
                    for (int j = 0; j < 4; j++)
                        changed[at + j] = number[j];
                    break;
                default: changed[at] = (byte)random.Next(256); break;
            }
            if (changed.Count == 0)
                changed.Add(0);
        }
        return [.. changed];
    }
}
