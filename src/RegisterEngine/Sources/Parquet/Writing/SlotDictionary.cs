using System.Numerics;
using System.Numerics.Tensors;
using RegisterEngine.Sources.Tables;

namespace RegisterEngine.Sources.Parquet.Writing;

/// <summary>Gives each distinct number of a row group a code, in the order of arrival, as long as that may save space.</summary>
internal sealed class SlotDictionary<T>
    where T : unmanaged, IBinaryInteger<T>
{
    private const int Most = 1 << 16;
    private const int Trial = 1 << 13;

    private int[] _slots = new int[1 << 10];

    // By number less the least, the code + 1.
    private int[] _near = [];
    private T _least;

    /// <summary>The numbers that have a code.</summary>
    public Growing<T> Values { get; } = new();

    /// <summary>The code of each number, unless there are too many distinct ones.</summary>
    public bool TryEncode(ReadOnlySpan<T> values, Growing<int> codes)
    {
        Values.Clear();
        codes.Clear();
        Span<int> target = codes.Room(values.Length)[..values.Length];
        int trial = Math.Min(values.Length, Trial + 1);
        if (IsNear(values))
        {
            EncodeNear(values[..trial], target);
            if (trial > Trial && Values.Count > Trial / 2)
                return false;
            EncodeNear(values[trial..], target[trial..]);
        }
        else
        {
            Array.Clear(_slots);
            if (!TryEncode(values[..trial], target) || (trial > Trial && Values.Count > Trial / 2) || !TryEncode(values[trial..], target[trial..]))
                return false;
        }
        codes.Advance(values.Length);
        return true;
    }

    // Whether all numbers lie so close together that each has a place of its own.
    private bool IsNear(ReadOnlySpan<T> values)
    {
        if (values.IsEmpty)
            return false;
        _least = TensorPrimitives.Min(values);
        ulong range = ulong.CreateTruncating(TensorPrimitives.Max(values) - _least);
        if (range >= Most)
            return false;
        if (_near.Length <= (int)range)
            _near = new int[range + 1];
        else
            Array.Clear(_near, 0, (int)range + 1);
        return true;
    }

    private void EncodeNear(ReadOnlySpan<T> values, Span<int> codes)
    {
        int[] near = _near;
        T least = _least;
        for (int i = 0; i < values.Length; i++)
        {
            ref int known = ref near[int.CreateTruncating(values[i] - least)];
            if (known == 0)
            {
                Values.Add(values[i]);
                known = Values.Count;
            }
            codes[i] = known - 1;
        }
    }

    private bool TryEncode(ReadOnlySpan<T> values, Span<int> codes)
    {
        int last = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (i == 0 || values[i] != values[i - 1])
                last = CodeOf(values[i]);
            codes[i] = last;
            if (Values.Count > Most)
                return false;
        }
        return true;
    }

    private int CodeOf(T value)
    {
        int slot = SlotOf(value);
        if (_slots[slot] > 0)
            return _slots[slot] - 1;
        Values.Add(value);
        _slots[slot] = Values.Count;
        if (Values.Count * 2 > _slots.Length)
            Grow();
        return Values.Count - 1;
    }

    private int SlotOf(T value)
    {
        int mask = _slots.Length - 1;
        int slot = (int)((ulong.CreateTruncating(value) * 0x9E3779B97F4A7C15) >> 40) & mask;
        ReadOnlySpan<T> values = Values.Items;
        while (_slots[slot] > 0 && values[_slots[slot] - 1] != value)
            slot = (slot + 1) & mask;
        return slot;
    }

    private void Grow()
    {
        _slots = new int[_slots.Length * 2];
        ReadOnlySpan<T> values = Values.Items;
        for (int code = 0; code < values.Length; code++)
            _slots[SlotOf(values[code])] = code + 1;
    }
}
