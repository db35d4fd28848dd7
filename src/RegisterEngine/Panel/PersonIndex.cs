using System.Numerics;
using RegisterEngine.Kernels;

namespace RegisterEngine.Panel;

/// <summary>Numbers the persons of a shard, 0, 1, 2 ... in the order of arrival, by their keys and, where these are hashes of texts, by the texts themselves.</summary>
internal sealed class PersonIndex
{
    private const int LeastSlots = 16;

    private Slot[] _slots = [];
    private int _size;
    private Person[] _persons = new Person[1 << 11];
    private int[] _order = [];
    private ulong[] _orderKeys = [];

    /// <summary>How many persons there are.</summary>
    public int Count { get; private set; }

    /// <summary>Forgets all persons, and makes room for those of some rows.</summary>
    public void Clear(int rows)
    {
        // The number of slots has a part in the order, so it must depend on the rows of this shard alone.
        _size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(rows / 2, LeastSlots));
        if (_size > _slots.Length)
            _slots = new Slot[_size];
        else
            Array.Clear(_slots, 0, _size);
        Count = 0;
    }

    /// <summary>The number of a person with a key of digits.</summary>
    public int Of(long key)
    {
        ulong hash = Hashing.Mix((ulong)key);
        Slot[] slots = _slots;
        int mask = _size - 1;
        for (int at = (int)hash & mask; ; at = (at + 1) & mask)
        {
            ref readonly Slot slot = ref slots[at];
            if (slot.Number == 0)
                return Add(at, hash, key, default);
            if (slot.Key == key)
                return slot.Number - 1;
        }
    }

    /// <summary>The number of a person with another text.</summary>
    /// <param name="key">The hash of the text.</param>
    /// <param name="texts">All texts of the shard.</param>
    /// <param name="text">Where in them this one lies.</param>
    public int Of(long key, ReadOnlySpan<byte> texts, (int At, int Length) text)
    {
        ulong hash = Hashing.Mix((ulong)key);
        int mask = _size - 1;
        for (int at = (int)hash & mask; ; at = (at + 1) & mask)
        {
            Slot slot = _slots[at];
            if (slot.Number == 0)
                return Add(at, hash, key, text);
            if (slot.Key == key && Text(texts, _persons[slot.Number - 1].Text).SequenceEqual(Text(texts, text)))
                return slot.Number - 1;
        }
    }

    /// <summary>The numbers of all persons in an order that depends on the persons alone: by hash, then text.</summary>
    /// <param name="texts">All texts of the shard.</param>
    public ReadOnlySpan<int> Order(ReadOnlySpan<byte> texts)
    {
        // Slots are nearly in the order of the lowest bits of the hash, since collisions move few persons, and not far: insertion sorts them in little time.
        if (_order.Length < Count)
        {
            _order = new int[_persons.Length];
            _orderKeys = new ulong[_persons.Length];
        }
        int bits = BitOperations.Log2((uint)_size);
        int count = 0;
        foreach (Slot slot in _slots.AsSpan(0, _size))
        {
            if (slot.Number == 0)
                continue;
            int person = slot.Number - 1;
            ulong key = BitOperations.RotateRight(_persons[person].Hash, bits);
            int at = count++;
            for (; at > 0 && IsBefore(key, person, at - 1, texts); at--)
            {
                _orderKeys[at] = _orderKeys[at - 1];
                _order[at] = _order[at - 1];
            }
            _orderKeys[at] = key;
            _order[at] = person;
        }
        return _order.AsSpan(0, count);
    }

    private bool IsBefore(ulong key, int person, int at, ReadOnlySpan<byte> texts) => key < _orderKeys[at]
        || (key == _orderKeys[at] && Text(texts, _persons[person].Text).SequenceCompareTo(Text(texts, _persons[_order[at]].Text)) < 0);

    /// <summary>Where in the texts of the shard the text of a person lies.</summary>
    public (int At, int Length) TextOf(int person) => _persons[person].Text;

    private int Add(int at, ulong hash, long key, (int At, int Length) text)
    {
        _slots[at] = new Slot(key, Count + 1);
        if (Count == _persons.Length)
            Array.Resize(ref _persons, Count * 2);
        _persons[Count++] = new Person(hash, key, text);
        if (Count * 2 > _size)
            Grow();
        return Count - 1;
    }

    private void Grow()
    {
        _size *= 2;
        _slots = new Slot[_size];
        int mask = _size - 1;
        for (int number = 0; number < Count; number++)
        {
            int at = (int)_persons[number].Hash & mask;
            while (_slots[at].Number != 0)
                at = (at + 1) & mask;
            _slots[at] = new Slot(_persons[number].Key, number + 1);
        }
    }

    private static ReadOnlySpan<byte> Text(ReadOnlySpan<byte> texts, (int At, int Length) place) => texts.Slice(place.At, place.Length);

    private readonly record struct Slot(long Key, int Number);

    private readonly record struct Person(ulong Hash, long Key, (int At, int Length) Text);
}
