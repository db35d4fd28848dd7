using RegisterEngine.Kernels;

namespace RegisterEngine.Columns;

/// <summary>Gives each distinct tuple of codes a code of its own: an Arrow dictionary whose values are structs of texts. All members may be called from any thread.</summary>
/// <remarks>
/// Municipality, workplace and its name go together, and so do position, name, service area and form: few of their combinations occur, and a row then holds two
/// numbers instead of seven.
/// </remarks>
public sealed class TupleBook : ICodes
{
    private readonly Lock _adding = new();
    private readonly int _width;
    private int[] _tuples;
    private int[] _slots = new int[1 << 10];
    private int _count;

    /// <summary>A book of tuples of some codes.</summary>
    public TupleBook(int width)
    {
        _width = width;
        _tuples = new int[256 * width];
    }

    /// <inheritdoc/>
    public int Count => Volatile.Read(ref _count);

    /// <summary>The code of a tuple, given now if it has none yet.</summary>
    public int Code(ReadOnlySpan<int> tuple)
    {
        lock (_adding)
        {
            int slot = SlotOf(tuple);
            if (_slots[slot] > 0)
                return _slots[slot] - 1;
            if ((_count + 1) * _width > _tuples.Length)
                Array.Resize(ref _tuples, _tuples.Length * 2);
            tuple.CopyTo(_tuples.AsSpan(_count * _width));
            _slots[slot] = ++_count;
            if (_count * 2 > _slots.Length)
                Grow();
            return _count - 1;
        }
    }

    /// <summary>One part of every tuple, by code; to be asked for when no more are added.</summary>
    public int[] Part(int part)
    {
        lock (_adding)
        {
            var codes = new int[_count];
            for (int code = 0; code < codes.Length; code++)
                codes[code] = _tuples[(code * _width) + part];
            return codes;
        }
    }

    private int SlotOf(ReadOnlySpan<int> tuple)
    {
        ulong hash = 0;
        foreach (int code in tuple)
            hash = Hashing.Mix(hash ^ (uint)code);
        int mask = _slots.Length - 1;
        int slot = (int)hash & mask;
        while (_slots[slot] > 0 && !tuple.SequenceEqual(_tuples.AsSpan((_slots[slot] - 1) * _width, _width)))
            slot = (slot + 1) & mask;
        return slot;
    }

    private void Grow()
    {
        _slots = new int[_slots.Length * 2];
        for (int code = 0; code < _count; code++)
            _slots[SlotOf(_tuples.AsSpan(code * _width, _width))] = code + 1;
    }
}
