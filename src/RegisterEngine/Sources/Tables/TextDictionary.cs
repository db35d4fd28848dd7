using RegisterEngine.Kernels;

namespace RegisterEngine.Sources.Tables;

/// <summary>Gives each distinct value of any length a code, in the order of arrival, and keeps its bytes.</summary>
internal sealed class TextDictionary
{
    private readonly Growing<uint> _hashes = new();
    private readonly Growing<int> _ends = new();
    private readonly ByteBuffer _bytes = new();
    private int[] _slots = new int[1 << 10];

    /// <summary>How many there are.</summary>
    public int Count => _ends.Count;

    /// <summary>Bytes of all.</summary>
    public int Bytes => _bytes.Length;

    /// <summary>The value of a code.</summary>
    public ReadOnlySpan<byte> this[int code] => _bytes.Written[(code == 0 ? 0 : _ends.Items[code - 1]).._ends.Items[code]];

    /// <summary>The code of a value, given now if it has none yet.</summary>
    public int CodeOf(ReadOnlySpan<byte> value)
    {
        uint hash = (uint)(Hashing.Bytes(value) >> 32);
        int mask = _slots.Length - 1;
        int slot = (int)hash & mask;
        for (; _slots[slot] > 0; slot = (slot + 1) & mask)
            if (_hashes.Items[_slots[slot] - 1] == hash && value.SequenceEqual(this[_slots[slot] - 1]))
                return _slots[slot] - 1;
        _bytes.Append(value);
        _ends.Add(_bytes.Length);
        _hashes.Add(hash);
        _slots[slot] = Count;
        if (Count * 2 > _slots.Length)
            Grow();
        return Count - 1;
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        _bytes.Clear();
        _ends.Clear();
        _hashes.Clear();
        Array.Clear(_slots);
    }

    private void Grow()
    {
        _slots = new int[_slots.Length * 2];
        int mask = _slots.Length - 1;
        ReadOnlySpan<uint> hashes = _hashes.Items;
        for (int code = 0; code < hashes.Length; code++)
        {
            int slot = (int)hashes[code] & mask;
            while (_slots[slot] > 0)
                slot = (slot + 1) & mask;
            _slots[slot] = code + 1;
        }
    }
}
