using System.Numerics;
using RegisterEngine.Kernels;

namespace RegisterEngine.Cells;

/// <summary>Cells: keys without the transition, ascending, and a count for each transition. Parts, one after the other, may be filled in different threads.</summary>
internal sealed class CellList
{
    private readonly int[] _starts;

    /// <summary>Room for the cells of some parts.</summary>
    /// <param name="cellsInParts">How many cells each has.</param>
    public CellList(IEnumerable<int> cellsInParts)
    {
        var starts = new List<int> { 0 };
        foreach (int cells in cellsInParts)
            starts.Add(checked(starts[^1] + cells));
        _starts = [.. starts];
        Keys = HugePages.Allocate<ulong>(_starts[^1]);
        Counts = HugePages.Allocate<int>(checked(_starts[^1] * CellTable.CountsPerCell));
    }

    /// <summary>Keys of the cells.</summary>
    public ulong[] Keys { get; }

    /// <summary>Six counts a cell.</summary>
    public int[] Counts { get; }

    /// <summary>How many cells the keys of a part make.</summary>
    public static int CellsIn<T>(KeyCounts<T> counted)
        where T : unmanaged, IBinaryInteger<T>
    {
        ReadOnlySpan<T> keys = counted.Keys;
        int cells = keys.IsEmpty ? 0 : 1;
        for (int i = 1; i < keys.Length; i++)
            cells += keys[i] >> TableShape.TransitionBits != keys[i - 1] >> TableShape.TransitionBits ? 1 : 0;
        return cells;
    }

    /// <summary>Fills in the cells of a part.</summary>
    public void Fill<T>(int part, KeyCounts<T> counted)
        where T : unmanaged, IBinaryInteger<T>
    {
        const int transitions = (1 << TableShape.TransitionBits) - 1;
        Span<ulong> keys = Keys.AsSpan(_starts[part].._starts[part + 1]);
        Span<int> counts = Counts.AsSpan(_starts[part] * CellTable.CountsPerCell, keys.Length * CellTable.CountsPerCell);
        counts.Clear();
        ReadOnlySpan<T> all = counted.Keys;
        int cell = -1;
        ulong last = ulong.MaxValue;
        for (int i = 0; i < all.Length; i++)
        {
            ulong key = ulong.CreateTruncating(all[i] >> TableShape.TransitionBits);
            cell += key != last ? 1 : 0;
            keys[cell] = last = key;
            counts[(cell * CellTable.CountsPerCell) + (int.CreateTruncating(all[i]) & transitions)] = counted.Counts[i];
        }
    }
}
