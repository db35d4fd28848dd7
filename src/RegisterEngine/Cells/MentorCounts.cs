using RegisterEngine.Columns;
using RegisterEngine.Panel;

namespace RegisterEngine.Cells;

/// <summary>Counts of a population in a municipality and year: sums, so that parts may be added in any order.</summary>
internal sealed class MentorCounts
{
    /// <summary>Mentors who were found, trained or not.</summary>
    public int Mentors { get; private set; }

    /// <summary>Trained mentors who were found.</summary>
    public int TrainedMentors { get; private set; }

    /// <summary>Mentees who were found.</summary>
    public int Mentees { get; private set; }

    /// <summary>New hires of the population.</summary>
    public int NewHires { get; private set; }

    /// <summary>Persons of the population of whom nobody knows whether they are new hires.</summary>
    public int PerhapsNewHires { get; private set; }

    /// <summary>New hires who have a mentor, by transition.</summary>
    public int[] Transitions { get; } = new int[CellCounts.Length];

    /// <summary>Whether somebody listed was found.</summary>
    public bool HasListed => Mentors + Mentees > 0;

    /// <summary>Found with a role, as in <see cref="MentorList.Roles"/>.</summary>
    public int Found(MentorRoles role) => role switch { MentorRoles.Mentee => Mentees, MentorRoles.TrainedMentor => TrainedMentors, _ => Mentors };

    /// <summary>Counts somebody who is listed.</summary>
    public void AddListed(MentorRoles roles)
    {
        Mentors += (roles & MentorRoles.AnyMentor) != 0 ? 1 : 0;
        TrainedMentors += (roles & MentorRoles.TrainedMentor) != 0 ? 1 : 0;
        Mentees += (roles & MentorRoles.Mentee) != 0 ? 1 : 0;
    }

    /// <summary>Counts somebody of the population.</summary>
    public void AddOfPopulation(in PanelRow row, MentorRoles roles)
    {
        PerhapsNewHires += row.NewHire == NewHire.Unknown ? 1 : 0;
        if (row.NewHire != NewHire.Yes)
            return;
        NewHires++;
        if ((roles & MentorRoles.Mentee) != 0)
            Transitions[(int)row.Transition]++;
    }

    /// <summary>Adds other counts.</summary>
    public void Add(MentorCounts other)
    {
        Mentors += other.Mentors;
        TrainedMentors += other.TrainedMentors;
        Mentees += other.Mentees;
        NewHires += other.NewHires;
        PerhapsNewHires += other.PerhapsNewHires;
        for (int i = 0; i < Transitions.Length; i++)
            Transitions[i] += other.Transitions[i];
    }

    /// <summary>The sum of some counts.</summary>
    public static MentorCounts Sum(IEnumerable<MentorCounts> all)
    {
        var sum = new MentorCounts();
        foreach (MentorCounts counts in all)
            sum.Add(counts);
        return sum;
    }
}
