using RegisterEngine.Kernels;
using RegisterEngine.Sources.Tables;

namespace RegisterEngine.Sources.Parquet.Encodings;

/// <summary>Writes small numbers as runs of one value and runs of packed bits: what <see cref="HybridReader"/> reads.</summary>
internal static class HybridWriter
{
    private const int Group = 8;

    // Shorter runs of one value cost more as a run of their own than packed with what stands beside them.
    private const int ShortestRun = 3 * Group;

    /// <summary>Appends numbers of some bits.</summary>
    public static void Write(ReadOnlySpan<int> values, int width, ByteBuffer target)
    {
        int packed = 0;
        for (int at = 0; at < values.Length;)
        {
            int run = RunAt(values, at);
            if (run < ShortestRun)
            {
                at = Math.Min(values.Length, at + Group);
                continue;
            }
            Packed(values[packed..at], width, target);
            WriteRun(values[at], run, width, target);
            packed = at += run;
        }
        Packed(values[packed..], width, target);
    }

    /// <summary>Appends one value that is repeated.</summary>
    public static void WriteRun(int value, int times, int width, ByteBuffer target)
    {
        target.AppendVarint((ulong)times << 1);
        for (int i = 0; i < (width + 7) / 8; i++)
            target.Append((byte)(value >> (8 * i)));
    }

    // How often a value is repeated, or less than the shortest run. Most runs are too short, which one look at the place where they would have to reach tells.
    private static int RunAt(ReadOnlySpan<int> values, int at)
    {
        int first = values[at];
        if (values.Length - at < ShortestRun || values[at + ShortestRun - 1] != first || values[at + 1] != first)
            return 0;
        int end = values[at..].IndexOfAnyExcept(first);
        return end < 0 ? values.Length - at : end;
    }

    // Groups of eight: only the last of all may be filled up with zeros, since the numbers before a run are a multiple of eight.
    private static void Packed(ReadOnlySpan<int> values, int width, ByteBuffer target)
    {
        if (values.IsEmpty)
            return;
        int groups = (values.Length + Group - 1) / Group;
        target.AppendVarint(((ulong)groups << 1) | 1);
        int bytes = groups * width;
        Span<byte> room = target.Reserve(bytes + sizeof(ulong));
        room[..bytes].Clear();
        BitPack.Pack(values, width, room);
        target.Advance(bytes);
    }
}
