using RegisterEngine.Kernels;

namespace RegisterEngine.Synthetic;

/// <summary>Vacant seats in buckets, from which they are taken at random.</summary>
internal sealed class SeatPool
{
    private const int Tries = 8;

    private readonly int[] _seats;
    private readonly int[] _first;
    private readonly int[] _count;

    /// <summary>A pool of seats.</summary>
    /// <param name="seats">The seats, in an order that does not depend on chance or threads.</param>
    /// <param name="bucketOf">The bucket of a seat.</param>
    /// <param name="buckets">How many there are.</param>
    public SeatPool(ReadOnlySpan<int> seats, Func<int, int> bucketOf, int buckets)
    {
        _first = new int[buckets + 1];
        foreach (int seat in seats)
            _first[bucketOf(seat) + 1]++;
        for (int bucket = 0; bucket < buckets; bucket++)
            _first[bucket + 1] += _first[bucket];
        _seats = new int[seats.Length];
        _count = new int[buckets];
        foreach (int seat in seats)
        {
            int bucket = bucketOf(seat);
            _seats[_first[bucket] + _count[bucket]++] = seat;
        }
    }

    /// <summary>The seats that nobody took, in the order of buckets.</summary>
    public int[] Left()
    {
        int[] left = new int[_count.Sum()];
        int at = 0;
        for (int bucket = 0; bucket < _count.Length; bucket++)
        {
            _seats.AsSpan(_first[bucket], _count[bucket]).CopyTo(left.AsSpan(at));
            at += _count[bucket];
        }
        return left;
    }

    /// <summary>Takes a seat out of a bucket, or <see cref="Workforce.Nobody"/> where none that suits is found in a few tries.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="suits">What the seat must be; the second argument counts tries from 0.</param>
    /// <param name="random">Chance.</param>
    public int Take(int bucket, Func<int, int, bool> suits, SplitMix64 random)
    {
        for (int i = 0; i < Tries && _count[bucket] > 0; i++)
        {
            int at = _first[bucket] + random.Next(_count[bucket]);
            int seat = _seats[at];
            if (!suits(seat, i))
                continue;
            int last = _first[bucket] + --_count[bucket];
            (_seats[at], _seats[last]) = (_seats[last], _seats[at]);
            return seat;
        }
        return Workforce.Nobody;
    }
}
