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
                at = Math.Min(values.Length, at + Math.Max(Group, run / Group * Group));
                continue;
            }
            Packed(values[packed..at], width, target);
            target.AppendVarint((ulong)run << 1);
            for (int i = 0; i < (width + 7) / 8; i++)
                target.Append((byte)(values[at] >> (8 * i)));
            packed = at += run;
        }
        Packed(values[packed..], width, target);
    }

    private static int RunAt(ReadOnlySpan<int> values, int at)
    {
        int first = values[at];
        // Most runs end at once.
        if (at + 1 < values.Length && values[at + 1] != first)
            return 1;
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
