using System.CommandLine;

namespace PresignKit.Tool.CommandLine;

/// <summary>A command of the tool, with what its help shows in addition to its options.</summary>
internal abstract class Verb : Command
{
    private readonly List<OptionGroup> _groups = [];

    protected Verb(ToolContext context, string name, string description)
        : base(name, description)
    {
        Context = context;
        SetAction(RunAsync);
    }

    /// <summary>Gets the groups of options, in the order in which help lists them.</summary>
    public IReadOnlyList<OptionGroup> Groups => _groups;

    /// <summary>Gets complete command lines, each with a comment.</summary>
    public abstract IReadOnlyList<(string Line, string Comment)> Examples { get; }

    /// <summary>Gets a value that indicates whether help lists the options that select the store and the credentials.</summary>
    public virtual bool UsesStore => true;

    protected ToolContext Context { get; }

    protected void Add(string heading, params Option[] options) => Add(new OptionGroup(heading, options));

    protected void Add(OptionGroup group) => Insert(_groups.Count, group);

    protected void Insert(int index, OptionGroup group)
    {
        _groups.Insert(index, group);
        foreach (Option option in group.Options)
        {
            Options.Add(option);
        }
    }

    /// <summary>Runs the command and returns its exit code.</summary>
    /// <exception cref="ToolException">An input is not valid, or the store or the credentials are missing.</exception>
    protected abstract Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken);
}

/// <summary>Options that help lists below a common heading.</summary>
internal sealed record OptionGroup(string Heading, IReadOnlyList<Option> Options);
