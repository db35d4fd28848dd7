using RegisterEngine.Kernels;

namespace RegisterEngine.Cells;

/// <summary>Adds two tables of moments.</summary>
internal static class MomentMerge
{
    public static MomentTable Merge(MomentTable a, MomentTable b)
    {
        var keys = new List<ulong>(a.Count + b.Count);
        var moments = new List<long>((a.Count + b.Count) * a.Basis.Length);
        var rows = a.Rows is null ? null : new RowList();
        long[] sums = new long[a.Basis.Length];
        for (int inA = 0, inB = 0; inA < a.Count || inB < b.Count;)
        {
            bool takeA = inB == b.Count || (inA < a.Count && a.Keys[inA] <= b.Keys[inB]);
            bool takeB = inA == a.Count || (inB < b.Count && b.Keys[inB] <= a.Keys[inA]);
            keys.Add(takeA ? a.Keys[inA] : b.Keys[inB]);
            sums.AsSpan().Clear();
            if (takeA)
                Multiples.AddScalar(a.Moments(inA), 1, sums);
            if (takeB)
                Multiples.AddScalar(b.Moments(inB), 1, sums);
            moments.AddRange(sums);
            rows?.Add(takeA ? CellRows.Of(a.Rows!, inA) : default, takeB ? CellRows.Of(b.Rows!, inB) : default);
            inA += takeA ? 1 : 0;
            inB += takeB ? 1 : 0;
        }
        return new MomentTable(a.Plan, a.Dimensions, [.. keys], [.. moments], rows?.Finish());
    }

    /// <summary>The distinct person-years of one cell.</summary>
    private readonly ref struct CellRows(ReadOnlySpan<ushort> facts, ReadOnlySpan<int> counts)
    {
        public ReadOnlySpan<ushort> Facts { get; } = facts;

        public ReadOnlySpan<int> Counts { get; } = counts;

        public static CellRows Of(MomentRows rows, int cell)
        {
            int first = rows.First(cell);
            int count = rows.First(cell + 1) - first;
            return new CellRows(rows.Facts.Slice(first, count), rows.Counts.Slice(first, count));
        }
    }

    /// <summary>The distinct person-years of one cell after the other.</summary>
    private sealed class RowList
    {
        private readonly List<int> _starts = [];
        private readonly List<ushort> _facts = [];
        private readonly List<int> _counts = [];

        public void Add(CellRows a, CellRows b)
        {
            _starts.Add(_facts.Count);
            for (int inA = 0, inB = 0; inA < a.Facts.Length || inB < b.Facts.Length;)
            {
                bool takeA = inB == b.Facts.Length || (inA < a.Facts.Length && a.Facts[inA] <= b.Facts[inB]);
                bool takeB = inA == a.Facts.Length || (inB < b.Facts.Length && b.Facts[inB] <= a.Facts[inA]);
                _facts.Add(takeA ? a.Facts[inA] : b.Facts[inB]);
                _counts.Add(checked((takeA ? a.Counts[inA++] : 0) + (takeB ? b.Counts[inB++] : 0)));
            }
        }

        public MomentRows Finish() => new([.. _starts, _facts.Count], [.. _facts], [.. _counts]);
    }
}
