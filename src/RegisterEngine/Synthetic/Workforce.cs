namespace RegisterEngine.Synthetic;

/// <summary>Who sits where at the count of the present year.</summary>
internal sealed class Workforce(MunicipalSector sector)
{
    /// <summary>Stands for no person, and for no seat.</summary>
    public const int Nobody = -1;

    private int[] _seatOfPerson = new int[1 << 16];

    /// <summary>The person of each seat, or <see cref="Nobody"/>.</summary>
    public int[] Person { get; } = Vacant(sector.Seats);

    /// <summary>First day of each employment.</summary>
    public ushort[] Start { get; } = new ushort[sector.Seats];

    /// <summary>Size of each, in hundredths of a percent.</summary>
    public ushort[] Size { get; } = new ushort[sector.Seats];

    /// <summary>Form of each.</summary>
    public EmploymentForm[] Form { get; } = new EmploymentForm[sector.Seats];

    /// <summary>Whether the person was at another workplace the year before, or at none.</summary>
    public bool[] IsNewHire { get; } = new bool[sector.Seats];

    /// <summary>How many seats are taken.</summary>
    public int Persons { get; private set; }

    /// <summary>The seat of a person who has been here, or <see cref="Nobody"/>.</summary>
    public int SeatOf(int person) => person < _seatOfPerson.Length ? _seatOfPerson[person] - 1 : Nobody;

    /// <summary>Gives a vacant seat to a person.</summary>
    public void Take(int seat, int person, ushort start, int size, EmploymentForm form, bool isNewHire)
    {
        Person[seat] = person;
        Start[seat] = start;
        Size[seat] = (ushort)size;
        Form[seat] = form;
        IsNewHire[seat] = isNewHire;
        if (person >= _seatOfPerson.Length)
            Array.Resize(ref _seatOfPerson, Math.Max(person + 1, _seatOfPerson.Length * 2));
        _seatOfPerson[person] = seat + 1;
        Persons++;
    }

    /// <summary>Makes a seat vacant, and returns whose it was.</summary>
    public int Leave(int seat)
    {
        int person = Person[seat];
        Person[seat] = Nobody;
        IsNewHire[seat] = false;
        _seatOfPerson[person] = 0;
        Persons--;
        return person;
    }

    private static int[] Vacant(int seats)
    {
        int[] persons = new int[seats];
        Array.Fill(persons, Nobody);
        return persons;
    }
}
