using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using RegisterEngine.Kernels;

namespace RegisterEngine.Cells;

/// <summary>How many cells some keys make, and whether a count among them is more than a byte holds.</summary>
internal readonly record struct PartSize(int Cells, bool IsLarge);

/// <summary>Cells: keys without the transition, ascending, and a count for each transition. Parts, one after the other, may be filled in different threads.</summary>
internal sealed class CellList
{
    private const int Transitions = (1 << TableShape.TransitionBits) - 1;

    private readonly int[] _starts;

    // One of two is there: memory that nobody has used costs more than the counting.
    private readonly uint[]? _narrowKeys;
    private readonly ulong[]? _wideKeys;
    private readonly byte[]? _small;
    private readonly int[]? _large;

    /// <summary>Room for the cells of some parts.</summary>
    /// <param name="parts">What room each needs.</param>
    /// <param name="isNarrow">Whether keys have 32 bits, else 64.</param>
    public CellList(PartSize[] parts, bool isNarrow)
    {
        _starts = new int[parts.Length + 1];
        bool isLarge = false;
        for (int part = 0; part < parts.Length; part++)
        {
            _starts[part + 1] = checked(_starts[part] + parts[part].Cells);
            isLarge |= parts[part].IsLarge;
        }
        if (isNarrow)
            _narrowKeys = HugePages.Allocate<uint>(Count);
        else
            _wideKeys = HugePages.Allocate<ulong>(Count);
        int counts = checked(Count * CellCounts.Length);
        if (isLarge)
            _large = HugePages.Allocate<int>(counts);
        else
            _small = HugePages.Allocate<byte>(counts);
    }

    /// <summary>How many cells there are.</summary>
    public int Count => _starts[^1];

    /// <summary>The key of a cell.</summary>
    public ulong Key(int cell) => _narrowKeys is not null ? _narrowKeys[cell] : _wideKeys![cell];

    /// <summary>Copies the keys of some cells.</summary>
    public void CopyKeys(int from, Span<ulong> keys)
    {
        if (_wideKeys is not null)
        {
            _wideKeys.AsSpan(from, keys.Length).CopyTo(keys);
            return;
        }
        ReadOnlySpan<uint> narrow = _narrowKeys.AsSpan(from, keys.Length);
        for (int i = 0; i < keys.Length; i++)
            keys[i] = narrow[i];
    }

    /// <summary>Copies the counts of cells, as many for each as there are transitions.</summary>
    public void CopyCounts(int from, Span<int> counts)
    {
        int first = from * CellCounts.Length;
        if (_small is not null)
            TensorPrimitives.ConvertTruncating<byte, int>(_small.AsSpan(first, counts.Length), counts);
        else
            _large.AsSpan(first, counts.Length).CopyTo(counts);
    }

    /// <summary>The counts of a cell.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public CellCounts Counts(int cell)
    {
        int first = cell * CellCounts.Length;
        return _small is not null
            ? new CellCounts(_small.AsSpan(first, CellCounts.Length), default)
            : new CellCounts(default, _large.AsSpan(first, CellCounts.Length));
    }

    /// <summary>What room counted keys need.</summary>
    public static PartSize SizeOf<T>(KeyCounts<T> counted)
        where T : unmanaged, IBinaryInteger<T>
    {
        bool isLarge = false;
        foreach (int count in counted.Counts)
            isLarge |= count > byte.MaxValue;
        return new PartSize(CellsOf<T>(counted.Keys), isLarge);
    }

    /// <summary>What room sorted keys need, each of which counts once.</summary>
    public static PartSize SizeOf<T>(ReadOnlySpan<T> sorted)
        where T : unmanaged, IBinaryInteger<T>
    {
        bool isLarge = false;
        for (int i = byte.MaxValue; i < sorted.Length; i++)
            isLarge |= sorted[i] == sorted[i - byte.MaxValue];
        return new PartSize(CellsOf(sorted), isLarge);
    }

    /// <summary>Fills in the cells of a part.</summary>
    /// <typeparam name="T">The type of keys that there is room for.</typeparam>
    public void Fill<T>(int part, KeyCounts<T> counted)
        where T : unmanaged, IBinaryInteger<T>
    {
        if (_small is not null)
            Fill(KeysOf<T>(part), CountsOf(part, _small), counted);
        else
            Fill(KeysOf<T>(part), CountsOf(part, _large!), counted);
    }

    /// <summary>Fills in the cells of a part from sorted keys, each of which counts once.</summary>
    /// <typeparam name="T">The type of keys that there is room for.</typeparam>
    public void Fill<T>(int part, ReadOnlySpan<T> sorted)
        where T : unmanaged, IBinaryInteger<T>
    {
        if (_small is not null)
            Fill(KeysOf<T>(part), CountsOf(part, _small), sorted);
        else
            Fill(KeysOf<T>(part), CountsOf(part, _large!), sorted);
    }

    private Span<T> KeysOf<T>(int part)
        where T : unmanaged => (_narrowKeys as T[] ?? _wideKeys as T[]).AsSpan(_starts[part].._starts[part + 1]);

    private Span<T> CountsOf<T>(int part, T[] counts) => counts.AsSpan((_starts[part] * CellCounts.Length)..(_starts[part + 1] * CellCounts.Length));

    private static int CellsOf<T>(ReadOnlySpan<T> keys)
        where T : unmanaged, IBinaryInteger<T>
    {
        int cells = keys.IsEmpty ? 0 : 1;
        for (int i = 1; i < keys.Length; i++)
            cells += keys[i] >> TableShape.TransitionBits != keys[i - 1] >> TableShape.TransitionBits ? 1 : 0;
        return cells;
    }

    private static void Fill<T, TCount>(Span<T> keys, Span<TCount> counts, ReadOnlySpan<T> sorted)
        where T : unmanaged, IBinaryInteger<T>
        where TCount : unmanaged, IBinaryInteger<TCount>
    {
        counts.Clear();
        int cell = -1;
        T last = T.AllBitsSet;
        foreach (T one in sorted)
        {
            T key = one >> TableShape.TransitionBits;
            cell += key != last ? 1 : 0;
            keys[cell] = last = key;
            counts[(cell * CellCounts.Length) + (int.CreateTruncating(one) & Transitions)]++;
        }
    }

    private static void Fill<T, TCount>(Span<T> keys, Span<TCount> counts, KeyCounts<T> counted)
        where T : unmanaged, IBinaryInteger<T>
        where TCount : unmanaged, IBinaryInteger<TCount>
    {
        counts.Clear();
        ReadOnlySpan<T> all = counted.Keys;
        int cell = -1;
        T last = T.AllBitsSet;
        for (int i = 0; i < all.Length; i++)
        {
            T key = all[i] >> TableShape.TransitionBits;
            cell += key != last ? 1 : 0;
            keys[cell] = last = key;
            counts[(cell * CellCounts.Length) + (int.CreateTruncating(all[i]) & Transitions)] = TCount.CreateTruncating(counted.Counts[i]);
        }
    }
}
