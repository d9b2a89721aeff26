<#
.SYNOPSIS
Updates docs/en-US from the cmdlets, and generates the external help from it.
.DESCRIPTION
Syntax and parameters come from the code (the XML summaries of the parameters, and of the types that cmdlets return). Synopsis,
description, examples, notes and links stay as they are in docs/en-US. A cmdlet without a page gets one to fill in.
.PARAMETER Manifest
The packed module's Compose.psd1.
.PARAMETER Summary
The directory of Compose.xml and Compose.Core.xml, the XML documentation of the cmdlets and of the types that they return.
.PARAMETER Docs
The directory of the pages. A test passes a copy.
.PARAMETER Output
The directory to write the external help to.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string]$Manifest,

    [Parameter(Mandatory)]
    [string]$Summary,

    [Parameter(Mandatory)]
    [string]$Docs,

    [Parameter(Mandatory)]
    [string]$Output
)

$ErrorActionPreference = 'Stop'
Import-Module -Name Microsoft.PowerShell.PlatyPS
Import-Module -Name (Resolve-Path -LiteralPath $Manifest).ProviderPath -Force
Import-Module -Name $PSScriptRoot/Topic.psm1 -Force

$members = @{}
foreach ($file in 'Compose.xml', 'Compose.Core.xml') {
    foreach ($member in ([xml](Get-Content -LiteralPath (Join-Path -Path $Summary -ChildPath $file) -Raw)).doc.members.member) {
        $members[$member.name] = ($member.SelectNodes('summary|remarks') |
            ForEach-Object { ($_.InnerText -replace '\s+', ' ').Trim() }) -join "`n`n"
    }
}

# The text of a parameter is the summary of its property, which may be declared in a base class.
function Get-ParameterText([Management.Automation.CommandInfo]$Command, [string]$Parameter) {
    for ($type = $Command.ImplementingType; $type; $type = $type.BaseType) {
        if ($text = $members["P:$($type.FullName).$Parameter"]) {
            return $text
        }
    }
}

function Get-Page([Management.Automation.CommandInfo]$Command) {
    $page = New-CommandHelp -CommandInfo $Command
    $page.ExternalHelpFile = 'Compose.dll-Help.xml'
    $file = Join-Path -Path $Docs -ChildPath "$($Command.Name).md"
    $written = if (Test-Path -LiteralPath $file) { Import-MarkdownCommandHelp -Path $file }
    if ($written) {
        $page.Synopsis = $written.Synopsis
        $page.Description = $written.Description
        $page.Notes = $written.Notes
        $page.Examples.Clear()
        $page.Examples.AddRange($written.Examples)
        $page.RelatedLinks.Clear()
        $page.RelatedLinks.AddRange($written.RelatedLinks)
    } else {
        $page.Synopsis = $members["T:$($Command.ImplementingType.FullName)"]
    }

    # A fixed date, so that pages do not change when they are generated again.
    $page.Metadata['ms.date'] = '01/01/2026'
    $page.Metadata['HelpUri'] = "$((Get-Module -Name Compose).ProjectUri)/blob/main/docs/en-US/$($Command.Name).md"
    $page.AliasHeaderFound = $true
    $page.Aliases = @(Get-Alias -Definition $Command.Name -ErrorAction Ignore | ForEach-Object { "- ``$($_.Name)``" }) -join "`n"
    foreach ($parameter in $page.Parameters) {
        # Show the type without Nullable, as users type it.
        $parameter.Type = $parameter.Type -replace '^System\.Nullable`1\[(.*)\]$', '$1'
        if ($text = Get-ParameterText -Command $Command -Parameter $parameter.Name) {
            $parameter.Description = $text
        }
    }

    foreach ($accepted in $page.Inputs) {
        $accepted.Description = Get-InputText -Command $Command -Type $accepted.Typename
    }

    foreach ($returned in $page.Outputs) {
        $returned.Description = Get-OutputText -Type $returned.Typename
    }

    $page
}

# Describes an input type by the parameters that bind it from the pipeline.
function Get-InputText([Management.Automation.CommandInfo]$Command, [string]$Type) {
    $taking = foreach ($parameter in $Command.Parameters.Values |
        Where-Object { $_.ParameterType.FullName -eq $Type -or "$($_.ParameterType)" -eq $Type }) {
        $attributes = $parameter.Attributes | Where-Object { $_ -is [Parameter] }
        if ($attributes.ValueFromPipeline -contains $true) {
            return 'An object of this module: its EngineHost, ProjectName, Service and Container say what is meant.'
        }

        if ($attributes.ValueFromPipelineByPropertyName -contains $true) {
            "-$($parameter.Name)"
        }
    }
    "A property of an object, by the name of the parameter: $(($taking | Sort-Object) -join ', ')."
}

function Get-OutputText([string]$Type) {
    switch ($Type) {
        'System.Void' { 'Nothing.' }
        'System.Boolean' { 'True or false.' }
        'System.String' { 'Text.' }
        default { $members["T:$Type"] }
    }
}

# Converts a page to the form that the shell shows: without markup, and without links to files.
function Get-ShellPage([string]$File) {
    $page = Import-MarkdownCommandHelp -Path $File
    $page.Description = ConvertTo-ShellText -Markdown $page.Description
    $page.Notes = ConvertTo-ShellText -Markdown $page.Notes
    foreach ($described in @($page.Examples)) {
        $described.Remarks = ConvertTo-ShellText -Markdown $described.Remarks
    }

    foreach ($link in $page.RelatedLinks) {
        $link.Uri = ''
    }

    $page
}

$null = New-Item -ItemType Directory -Path $Output -Force
$commands = Get-Command -Module Compose -CommandType Cmdlet | Sort-Object -Property Name
foreach ($command in $commands) {
    $markdown = (Get-Page -Command $command).ToMarkdownString() -replace "`r`n", "`n"
    [IO.File]::WriteAllText((Join-Path -Path $Docs -ChildPath "$($command.Name).md"), $markdown.TrimEnd() + "`n")
}

$scratch = Join-Path -Path ([IO.Path]::GetTempPath()) -ChildPath ([Guid]::NewGuid())
$null = $commands | ForEach-Object { Get-ShellPage -File (Join-Path -Path $Docs -ChildPath "$($_.Name).md") } |
    Export-MamlCommandHelp -OutputFolder $scratch -Force
$maml = Get-ChildItem -LiteralPath $scratch -Recurse -Filter Compose.dll-Help.xml
[IO.File]::WriteAllText((Join-Path -Path $Output -ChildPath Compose.dll-Help.xml),
    ((Get-Content -LiteralPath $maml.FullName -Raw) -replace "`r`n", "`n").TrimEnd() + "`n")
Remove-Item -LiteralPath $scratch -Recurse

foreach ($topic in Get-ChildItem -LiteralPath $Docs -Filter about_*.md) {
    [IO.File]::WriteAllText((Join-Path -Path $Output -ChildPath "$($topic.BaseName).help.txt"),
        (ConvertTo-Topic -Markdown (Get-Content -LiteralPath $topic.FullName)))
}
