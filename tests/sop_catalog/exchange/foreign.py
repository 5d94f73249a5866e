"""Files in the manner of other people's tools, written by us: what each writes otherwise than we do, in few lines.

`FOREIGN` is name → bytes. Names, people and addresses in them are invented.
"""

from __future__ import annotations

from tests.sop_catalog.exchange.foreign_kinds import KINDS
from tests.sop_catalog.exchange.foreign_pieces import LINE, MODEL, UTF8, edge, file, line, picture, shape
from tests.sop_catalog.exchange.foreign_tools import TOOLS


def _camunda_7() -> str:
    task = (
        '<bpmn:userTask id="t" name="Periksa" camunda:assignee="${pengaju}" camunda:candidateGroups="petugas,kepala">'
        '<bpmn:documentation textFormat="text/plain">Lihat &lt;berkas&gt;</bpmn:documentation><bpmn:extensionElements>'
        '<camunda:formData><camunda:formField id="umur" label="Umur" type="long"/></camunda:formData>'
        '<camunda:taskListener event="create"><camunda:script scriptFormat="groovy"><![CDATA[a < b && c]]></camunda:script>'
        "</camunda:taskListener><camunda:properties><camunda:property name='warna' value='biru'/></camunda:properties>"
        "</bpmn:extensionElements></bpmn:userTask>"
    )
    top = ' exporter="Camunda Modeler" exporterVersion="5.20.0" modeler:executionPlatform="Camunda Platform" modeler:executionPlatformVersion="7.20.0"'
    spaces_ = {"camunda": "http://camunda.org/schema/1.0/bpmn", "modeler": "http://camunda.org/schema/modeler/1.0"}
    return file(
        "bpmn",
        line("bpmn", task, head='id="proses" isExecutable="true" camunda:historyTimeToLive="180"') + LINE,
        top,
        **spaces_,
    )


def _zeebe() -> str:
    task = (
        '<bpmn:serviceTask id="t" name="Kirim"><bpmn:extensionElements><zeebe:taskDefinition type="surel" retries="3"/>'
        '<zeebe:ioMapping><zeebe:input source="=nama" target="kepada"/></zeebe:ioMapping><zeebe:taskHeaders>'
        '<zeebe:header key="a" value="b"/></zeebe:taskHeaders></bpmn:extensionElements><bpmn:multiInstanceLoopCharacteristics>'
        '<bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="=orang" inputElement="satu"/></bpmn:extensionElements>'
        "</bpmn:multiInstanceLoopCharacteristics></bpmn:serviceTask>"
    )
    return file(
        "bpmn",
        line("bpmn", task) + LINE,
        ' exporter="Camunda Web Modeler"',
        zeebe="http://camunda.org/schema/zeebe/1.0",
    )


def _signavio() -> str:
    task = (
        '<task completionQuantity="1" id="t" implementation="##unspecified" isForCompensation="false" name="Terima&#10;berkas" startQuantity="1">'
        '<documentation id="sid-doc" textFormat="text/html"><![CDATA[<p>Penting</p>]]></documentation><extensionElements>'
        '<signavio:signavioMetaData metaKey="bgcolor" metaValue="#ffffcc"/><signavio:signavioMetaData metaKey="risiko" metaValue="{&quot;a&quot;:1}"/>'
        "<signavio:signavioLabel ref='text_name' x='1.0' y='2.0' valign='middle'/></extensionElements><incoming>f1</incoming><outgoing>f2</outgoing></task>"
    )
    return file(
        "",
        line("", task, head='id="proses" isClosed="false" isExecutable="false" processType="None" name=""') + LINE,
        ' exporter="Signavio Process Editor, http://www.signavio.com" expressionLanguage="http://www.w3.org/TR/XPath" typeLanguage="http://www.w3.org/2001/XMLSchema" '
        f'xsi:schemaLocation="{MODEL} http://www.omg.org/spec/BPMN/2.0/20100501/BPMN20.xsd"',
        signavio="http://www.signavio.com",
    )


def _bizagi() -> str:
    pools = (
        '<process id="Id_a" name="Proses Utama"><documentation /></process><collaboration id="Diagrama_1" name="Diagram 1" isClosed="false">'
        '<participant id="Id_p1" name="Proses Utama" processRef="Id_a"><extensionElements><bizagi:BizagiExtensions xmlns="http://www.bizagi.com/bpmn20">'
        '<bizagi:BizagiProperties><bizagi:BizagiProperty name="bgColor" value="White"/></bizagi:BizagiProperties></bizagi:BizagiExtensions></extensionElements></participant>'
        '<participant id="Id_p2" name="Pemohon" processRef="proses"/></collaboration>'
    )
    task = '<task id="t" name="Terima" startQuantity="1"><documentation/><incoming>f1</incoming><outgoing>f2</outgoing></task>'
    return file(
        "",
        pools + line("", task, head='id="proses" name="Pemohon"'),
        bizagi="http://www.bizagi.com/bpmn20",
        xsd="http://www.w3.org/2001/XMLSchema",
    )


def _aris() -> str:
    lanes = (
        '<semantic:laneSet id="ls"><semantic:lane id="l1" name="Bagian Umum" partitionElementRef="pe1"><semantic:childLaneSet id="cls">'
        '<semantic:lane id="l11" name="Loket"><semantic:flowNodeRef>s</semantic:flowNodeRef><semantic:flowNodeRef>t</semantic:flowNodeRef></semantic:lane>'
        '<semantic:lane id="l12" name="Kepala"><semantic:flowNodeRef>e</semantic:flowNodeRef></semantic:lane></semantic:childLaneSet></semantic:lane></semantic:laneSet>'
    )
    task = '<semantic:manualTask id="t" name="Terima"><semantic:extensionElements><aris:attr type="AT_DESC" locale="id_ID">Uraian</aris:attr></semantic:extensionElements></semantic:manualTask>'
    return file(
        "semantic",
        line("semantic", task).replace(">", f">{lanes}", 1) + LINE,
        ' exporter="ARIS Architect" name="Model"',
        aris="http://www.softwareag.com/aris/bpmn2",
    )


def _draw_io() -> str:
    drawn = "".join([shape("s", 0.5, -20.25, 36, 36), shape("t", 100.0, 1e2, 120.0, 60), shape("e", 300, 10, 36, 36)])
    return file(
        "bpmn",
        line("bpmn", '<bpmn:task id="t" name="A &amp; B &lt;c&gt;"/>')
        + picture("proses", drawn, more=' name="Page-1" resolution="96.5"'),
        "",
        UTF8 + "<!-- draw.io -->\n",
    )


def _bpmn_io() -> str:
    colour = ' bioc:stroke="#1e88e5" bioc:fill="#bbdefb" color:background-color="#bbdefb" color:border-color="#1e88e5"'
    label = (
        '<bpmndi:BPMNLabel color:color="#1e88e5"><dc:Bounds x="10" y="20" width="30" height="14"/></bpmndi:BPMNLabel>'
    )
    drawn = [
        shape("s", 10, 10, 36, 36, colour, label),
        shape("t", 100, 10, more=colour),
        shape("e", 300, 10, 36, 36),
        shape("n", 100, 200, 100, 30),
    ]
    drawn += [
        edge("f1", (46, 28), (100, 28), inside="<bpmndi:BPMNLabel />"),
        edge("f2", (200, 28), (300, 28)),
        edge("as", (150, 90), (150, 200)),
    ]
    notes = '<bpmn:textAnnotation id="n" textFormat="text/plain"><bpmn:text>Catatan\nbaris kedua</bpmn:text></bpmn:textAnnotation><bpmn:association id="as" associationDirection="None" sourceRef="t" targetRef="n"/>'
    return file(
        "bpmn",
        line("bpmn", '<bpmn:userTask id="t" name="Catat"/>', more=notes) + picture("proses", *drawn),
        bioc="http://bpmn.io/schema/bpmn/biocolor/1.0",
        color="http://www.omg.org/spec/BPMN/non-normative/color/1.0",
    )


def _flowable() -> str:
    task = (
        '<userTask id="t" name="Setujui" flowable:candidateGroups="kepala" flowable:formKey="f"><extensionElements>'
        "<flowable:executionListener event='start' class='org.contoh.Dengar'/><modeler:activiti-idm-candidate-group xmlns:modeler=\"http://flowable.org/modeler\"><![CDATA[true]]></modeler:activiti-idm-candidate-group>"
        "</extensionElements></userTask>"
    )
    return file(
        "",
        line("", task, '<startEvent id="s" flowable:initiator="pengaju" flowable:formFieldValidation="true"/>') + LINE,
        flowable="http://flowable.org/bpmn",
    )


def _activiti() -> str:
    task = '<serviceTask id="t" activiti:type="mail"><extensionElements><activiti:field name="to" stringValue="a@contoh.test"/><activiti:field name="html"><activiti:expression><![CDATA[<b>${x}</b>]]></activiti:expression></activiti:field></extensionElements></serviceTask>'
    return file("", line("", task) + LINE, activiti="http://activiti.org/bpmn")


def _jbpm() -> str:
    io = (
        '<bpmn2:ioSpecification id="io"><bpmn2:dataInput id="t_in" drools:dtype="String" itemSubjectRef="_tItem" name="TaskName"/>'
        '<bpmn2:dataOutput id="t_out" name="hasil"/><bpmn2:inputSet id="is"><bpmn2:dataInputRefs>t_in</bpmn2:dataInputRefs></bpmn2:inputSet>'
        '<bpmn2:outputSet id="os"><bpmn2:dataOutputRefs>t_out</bpmn2:dataOutputRefs></bpmn2:outputSet></bpmn2:ioSpecification>'
        '<bpmn2:dataInputAssociation id="dia"><bpmn2:targetRef>t_in</bpmn2:targetRef><bpmn2:assignment id="asg">'
        '<bpmn2:from xsi:type="bpmn2:tFormalExpression" id="fr"><![CDATA[Nama]]></bpmn2:from><bpmn2:to xsi:type="bpmn2:tFormalExpression" id="to">t_in</bpmn2:to></bpmn2:assignment></bpmn2:dataInputAssociation>'
    )
    task = f'<bpmn2:userTask id="t" name="Isi" drools:priority="1"><bpmn2:extensionElements><drools:metaData name="elementname"><drools:metaValue><![CDATA[Isi]]></drools:metaValue></drools:metaData></bpmn2:extensionElements>{io}</bpmn2:userTask>'
    items = '<bpmn2:itemDefinition id="_tItem" structureRef="String"/>'
    rel = '<bpmn2:relationship id="rel" type="BPSimData"><bpmn2:extensionElements><bpsim:BPSimData><bpsim:Scenario id="default" name="Sim"/></bpsim:BPSimData></bpmn2:extensionElements><bpmn2:source>proses</bpmn2:source><bpmn2:target>proses</bpmn2:target></bpmn2:relationship>'
    body = line(
        "bpmn2",
        task,
        head='id="proses" drools:packageName="org.contoh" drools:version="1.0" isExecutable="true" processType="Public"',
    )
    return file(
        "bpmn2",
        items + body + LINE + rel,
        ' exporter="jBPM Process Modeler"',
        drools="http://www.jboss.org/drools",
        bpsim="http://www.bpsim.org/schemas/1.0",
    )


def _adonis() -> str:
    task = '<task id="t" name="Prüfen"><extensionElements><adonis:modelAttributes><adonis:attribute name="Beschreibung" type="STRING">Länge  zwei</adonis:attribute></adonis:modelAttributes></extensionElements></task>'
    return file(
        "",
        line("", task) + LINE,
        ' exporter="ADONIS" exporterVersion="13.0"',
        adonis="http://www.boc-eu.com/BPMN_Extensions/ADONIS",
    )


def _visio() -> str:
    body = line(
        "",
        '<task id="t" name="Tugas"><extensionElements><v:shapeData v:id="12"><v:cp v:nameU="BpmnId" v:val="VT4(abc)"/></v:shapeData></extensionElements></task>',
    )
    return (
        file("", LINE + body, v="http://schemas.microsoft.com/visio/2003/SVGExtensions/")
        .replace("\n", "\r\n")
        .replace("><", ">\r\n\t<")
    )


def _ibm() -> str:
    task = '<ns0:task id="t" name="Review"><ns0:extensionElements><ns3:userTaskSettings><ns3:priority>High</ns3:priority></ns3:userTaskSettings></ns0:extensionElements></ns0:task>'
    imp = '<ns0:import importType="http://www.w3.org/2001/XMLSchema" location="order.xsd" namespace="http://contoh.test/order"/>'
    return file(
        "ns0",
        imp + line("ns0", task) + LINE,
        ns3="http://www.ibm.com/xmlns/prod/bpm/bpmn/ext/process",
        ns4="http://contoh.test/order",
    )


def _trisotech() -> str:
    task = '<semantic:businessRuleTask id="t" name="Nilai" implementation="http://www.omg.org/spec/DMN/20151101/dmn.xsd"><semantic:extensionElements><triso:decision uri="dmn/1" itemType="http://www.omg.org/spec/CMMN/DefinitionType/CMISFolder"/><trisobpmn:Note>x</trisobpmn:Note></semantic:extensionElements></semantic:businessRuleTask>'
    drawn = picture("proses", shape("t", 1, 2, inside="<bpmndi:BPMNLabel labelStyle='ls1'/>"), name="dd").replace(
        "</bpmndi:BPMNDiagram>",
        '<bpmndi:BPMNLabelStyle id="ls1"><dc:Font name="arial,helvetica" size="8.0" isBold="false"/></bpmndi:BPMNLabelStyle></bpmndi:BPMNDiagram>',
    )
    return file(
        "semantic",
        line("semantic", task) + drawn,
        triso="http://www.trisotech.com/2015/triso/modeling",
        trisobpmn="http://www.trisotech.com/2014/triso/bpmn",
    )


def _yaoqiang() -> str:
    task = '<task completionQuantity="1" id="t" isForCompensation="false" name="任务 ✓" startQuantity="1"><extensionElements><yaoqiang:style fillColor="#FFFFCC" strokeColor="#0099FF"/></extensionElements></task>'
    return file(
        "",
        line("", task)
        + LINE.replace(
            "/></bpmndi:BPMNShape>",
            "/><bpmndi:BPMNLabel><dc:Bounds height='18.96' width='32.0' x='-1.0' y='30.52'/></bpmndi:BPMNLabel></bpmndi:BPMNShape>",
        ),
        yaoqiang="http://bpmn.sourceforge.net",
        tns="http://contoh.test/bpmn",
    )


FOREIGN: dict[str, bytes] = {
    "camunda-7": _camunda_7().encode(),
    "camunda-8-zeebe": _zeebe().encode(),
    "signavio": _signavio().encode(),
    "bizagi": _bizagi().encode("utf-8-sig"),
    "aris-nested-lanes": _aris().encode(),
    "draw-io": _draw_io().encode(),
    "bpmn-io-colours": _bpmn_io().encode(),
    "flowable": _flowable().encode(),
    "activiti": _activiti().encode(),
    "jbpm": _jbpm().encode(),
    "adonis-iso-8859-1": _adonis().replace("UTF-8", "ISO-8859-1").encode("iso-8859-1"),
    "visio-windows-lines": _visio().encode(),
    "ibm": _ibm().encode(),
    "trisotech-dmn": _trisotech().encode(),
    "yaoqiang": _yaoqiang().encode(),
    "utf-16": _camunda_7().replace("UTF-8", "UTF-16").encode("utf-16"),
    "utf-16-said-utf-8-meant": _zeebe().replace("UTF-8", "utf-16").encode(),
    "instruction": _bpmn_io().replace("<bpmn:definitions", '<?bpmn-io layout="x"?><bpmn:definitions', 1).encode(),
    "windows-1252": _adonis().replace("UTF-8", "windows-1252").replace("Länge", "„Länge“").encode("cp1252"),
    **KINDS,
    **TOOLS,
}
